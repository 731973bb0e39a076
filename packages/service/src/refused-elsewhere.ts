import type { Refusal, Result } from '@madoguchi/kernel';
import { refuse } from '@madoguchi/kernel';
import type { OperationContext } from '@madoguchi/messaging';
import { worksAt } from '@madoguchi/policy';
import type { Runtime } from './define-service.ts';

/** Refuses somebody who does not work at the venue, and writes down that they tried; undefined for who does. */
export async function refusedElsewhere(
  runtime: Pick<Runtime, 'database'>,
  { actor, who }: Pick<OperationContext, 'actor' | 'who'>,
  tried: { operation: string; venueCode: string },
): Promise<Result<never, Refusal<'not_at_this_venue'>> | undefined> {
  const { operation, venueCode } = tried;
  if (worksAt(actor, venueCode)) return undefined;
  await runtime.database.transaction(who, async (tx) =>
    tx.audit({ action: 'refusal', operation, outcome: 'refused', detail: { venueCode } }),
  );
  return refuse('not_at_this_venue');
}
