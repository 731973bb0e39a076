export * from './child-server.ts';
export * from './debian-package.ts';
export * from './embedded-postgres.ts';
export * from './nats-server.ts';
export { runInOwnFolder } from './own-folder.ts';
