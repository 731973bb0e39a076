import type { OperationContext } from '@madoguchi/messaging';
import { isSteppedUp } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import type { reservationsConfig } from '../config.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { Closing } from './close-agreed.ts';

/** By whom, and on whose word, something is closed now that somebody asks for at the console. */
export function askedAtConsole(
  { clock, config }: Runtime<PrismaClient, typeof reservationsConfig>,
  { actor }: OperationContext,
  { approvalId, emergency }: Pick<Closing, 'approvalId' | 'emergency'>,
): Omit<Closing, 'operation'> {
  const now = clock.now();
  return {
    approvalId,
    emergency,
    by: { id: actor.sub, atCommandLine: false, steppedUp: isSteppedUp(actor, now) },
    confirmHours: config.EMERGENCY_CONFIRM_HOURS,
    now,
  };
}
