export * from './assert-never.ts';
export * from './calendar-date.ts';
export * from './canonical-json.ts';
export * from './clock.ts';
export * from './ids.ts';
export * from './result.ts';
export * from './edogawa-towns.ts';
