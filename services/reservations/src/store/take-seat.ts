import type { Transaction } from '@madoguchi/database';
import type { Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';
import type { SeatRefusal, SeatWanted } from '../domain/judge-seat.ts';
import { judgeSeat } from '../domain/judge-seat.ts';
import type { DoseRule } from '../domain/rulebook.ts';
import { feedsAreStale } from './feed-store.ts';
import { findPerson } from './person-store.ts';
import { readRulebook } from './rulebook-store.ts';
import type { SlotRow } from './slot-store.ts';
import { lockSlot } from './slot-store.ts';

/**
 * Commands of the same residents run one after another, so that two doses cannot slip past each other.
 * Always the first lock of a command, several residents in the order of their lock keys.
 */
export async function lockResidents(
  tx: Transaction,
  residentIds: readonly string[],
): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(key)
     FROM (SELECT DISTINCT hashtextextended(id, 31) AS key FROM unnest($1::text[]) AS id ORDER BY key) AS keys`,
    [residentIds],
  );
}

export const lockResident = (tx: Transaction, residentId: string): Promise<void> =>
  lockResidents(tx, [residentId]);

/** The same without waiting; false while another command of theirs is under way. */
export async function tryLockResident(tx: Transaction, residentId: string): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 31)) AS locked`,
    [residentId],
  );
  return row?.locked === true;
}

/** Locks the slot and asks every rule; the seat itself is moved by the caller in the same transaction. */
export async function mayTakeSeat(
  tx: Transaction,
  wanted: SeatWanted & { residentId: string; slotId: string },
): Promise<Result<{ slot: SlotRow; rule: DoseRule }, SeatRefusal>> {
  const person = (await feedsAreStale(tx.query, wanted.now))
    ? undefined
    : await findPerson(tx.query, wanted.residentId);
  const rules = await readRulebook(tx.query, wanted.now);
  const slot = await lockSlot(tx.query, wanted.slotId);
  const judged = judgeSeat({ slot, person, rules }, wanted);
  if (!judged.ok) return judged;
  return slot ? ok({ slot, rule: judged.value.rule }) : refuse('slot_not_found');
}
