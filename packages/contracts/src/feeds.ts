import { z } from 'zod';
import { defineEvent } from './event.ts';
import { Instant } from './shapes.ts';

/** How often an owner says that its facts are on their way, and after how long in silence copies are too old. */
export const FEED_ALIVE_EVERY_MS = 15_000;
export const FEED_STALE_AFTER_MS = 60_000;

const feedAlive = <const Service extends string>(service: Service) =>
  defineEvent({
    service,
    aggregate: 'feed',
    fact: 'alive',
    summary: 'Everything told before this has arrived where this has arrived; told every 15 s.',
    payload: z.strictObject({ at: Instant }),
    encrypted: false,
  });

/**
 * The facts that a command depends on, each with a sign of life behind it in the same stream: a copy whose
 * owner has been silent for a minute is not decided on.
 */
export const registryAlive = feedAlive('registry');
export const healthRecordsAlive = feedAlive('health-records');
export const programmeAlive = feedAlive('programme');

export const feedEvents = [registryAlive, healthRecordsAlive, programmeAlive] as const;
