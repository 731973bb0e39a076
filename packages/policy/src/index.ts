export * from './keys.ts';
export * from './masks.ts';
export * from './operation-access.ts';
export * from './policy.ts';
export * from './project.ts';
export * from './tokens.ts';
export * from './works-at.ts';
