import type { Database } from '@madoguchi/database';
import type { Who } from '@madoguchi/contracts';
import { refuse } from '@madoguchi/kernel';

/** Refuses somebody who does not work at the venue, and writes down that they tried. */
export async function refuseElsewhere(
  database: Pick<Database, 'transaction'>,
  who: Who,
  tried: { operation: string; venueCode: string },
) {
  const { operation, venueCode } = tried;
  await database.transaction(who, async (tx) =>
    tx.audit({ action: 'refusal', operation, outcome: 'refused', detail: { venueCode } }),
  );
  return refuse('not_at_this_venue');
}
