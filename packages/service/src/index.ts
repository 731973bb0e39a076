export * from './base-config.ts';
export * from './command-of.ts';
export * from './define-service.ts';
export * from './itself.ts';
export * from './main.ts';
export * from './refused-elsewhere.ts';
export * from './run.ts';
export * from './tells-alive.ts';
