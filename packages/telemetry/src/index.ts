export * from './redaction.ts';
export * from './telemetry.ts';
