import { useState } from 'react';
import type { Problem } from '../gateway/answer.ts';
import type { AffectedBookings, CatalogueEntry } from '../gateway/contract-types.ts';
import { useGateway } from '../gateway/gateway-context.tsx';

/** What saving would do to bookings: counted, or why it could not be. */
export type Foreseen = { effect?: AffectedBookings; problem?: Problem };

type Foreseeing = {
  /** Of the rows as they are in the fields now; nothing where they were typed since. */
  of: (rows: unknown) => Foreseen | undefined;
  /** Counts what the entries would do, for these rows. */
  count: (rows: unknown, entries: CatalogueEntry[]) => Promise<void>;
  busy: boolean;
};

/**
 * Whoever changes the catalogue is shown first whom it would hit; what was typed since is counted again. A
 * count that cannot be had is said and holds nobody up.
 */
export function useForeseen(version: number): Foreseeing {
  const gateway = useGateway();
  const [last, setLast] = useState<(Foreseen & { body: string }) | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  return {
    busy,
    of: (rows) => (last?.body === JSON.stringify(rows) ? last : undefined),
    async count(rows, entries) {
      if (busy) return;
      setBusy(true);
      const answer = await gateway.countAffectedBookings({ entries, version });
      const body = JSON.stringify(rows);
      setLast(answer.ok ? { body, effect: answer.value } : { body, problem: answer.problem });
      setBusy(false);
    },
  };
}
