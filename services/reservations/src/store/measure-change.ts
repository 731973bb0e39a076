import type { SessionChange } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Hit } from '../domain/session-change.ts';
import { hitBy } from '../domain/session-change.ts';
import type { SessionSlot } from './session-slots-store.ts';
import type { SessionRow } from './session-store.ts';

/** People who are still expected, by slot: booked, and not come or turned back ahead of their time. */
async function expectedIn(query: Query, slotIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ id: string; expected: number }>(
    `SELECT slot_id AS id, count(*)::int AS expected FROM reservation
     WHERE slot_id = ANY($1::uuid[]) AND state = 'booked' GROUP BY slot_id`,
    [slotIds],
  );
  return new Map(rows.map(({ id, expected }) => [id, expected]));
}

/** What a change does to the slots of its sessions, as they are read. */
export async function measureChange(
  query: Query,
  change: SessionChange,
  at: { sessions: readonly SessionRow[]; slots: readonly SessionSlot[]; now: Date },
): Promise<Hit> {
  const expected = await expectedIn(
    query,
    at.slots.map((slot) => slot.id),
  );
  return hitBy(
    change,
    at.slots.map((slot) => ({ ...slot, expected: expected.get(slot.id) ?? 0 })),
    { patterns: new Map(at.sessions.map(({ id, pattern }) => [id, pattern])), now: at.now },
  );
}
