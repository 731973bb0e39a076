import { OPERATIONS } from './catalog.ts';
import type { AnyOperation } from './operation.ts';

/** Who is served first when there is more to do than time: whoever serves a caller, before the public. */
export const LANES = ['staff', 'public'] as const;
export type Lane = (typeof LANES)[number];

/** Whether the public may call it: it then comes by a subject of its own. */
export const openToPublic = ({ allow }: AnyOperation): boolean =>
  allow !== 'anyone' && allow.includes('resident');

/**
 * The subject of an operation for those who come by a lane. What the public asks never stands in the same
 * subscription before what an operator asks, and can be served by processes of its own.
 */
export const subjectFor = (operation: AnyOperation, lane: Lane): string =>
  lane === 'public' && openToPublic(operation) ? `${operation.subject}.public` : operation.subject;

/** The lanes that are worth a process each: the public's only where a service has something for it. */
export const lanesOf = (service: string): readonly Lane[] =>
  OPERATIONS.some((operation) => operation.service === service && openToPublic(operation))
    ? LANES
    : ['staff'];
