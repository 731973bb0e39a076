export * from './base-config.ts';
export * from './define-service.ts';
export * from './main.ts';
export * from './run.ts';
export * from './tells-alive.ts';
