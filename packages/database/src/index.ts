export * from './copy-rows.ts';
export * from './forget-old.ts';
export * from './idempotent.ts';
export * from './migrate.ts';
export * from './migration-sql.ts';
export * from './open-database.ts';
export type { Query, Transaction } from './transaction.ts';
export { digestOf } from './transaction.ts';
export * from './group-commit.ts';
