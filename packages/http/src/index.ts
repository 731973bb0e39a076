export * from './edge-app.ts';
export * from './open-api.ts';
export * from './problem.ts';
export * from './read-body.ts';
export * from './route.ts';
export * from './route-refusals.ts';
export * from './strict-json.ts';
export * from './token-bucket.ts';
