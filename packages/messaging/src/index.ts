export type { Gate, OperationContext } from './admission.ts';
export * from './call-operation.ts';
export * from './connection.ts';
export * from './consume.ts';
export * from './event-key.ts';
export * from './relay.ts';
export * from './serve-operation.ts';
export * from './streams.ts';
export * from './permissions.ts';
