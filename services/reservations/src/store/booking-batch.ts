import { randomInt } from 'node:crypto';
import type { Channel } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import { confirmationNumber } from '@madoguchi/kernel';
import type { BookingAsked, BookingFacts, HoldFacts } from '../domain/decide-bookings.ts';
import type { Person } from '../domain/eligibility.ts';
import { feedsAreStale } from './feed-store.ts';
import { holdsById } from './hold-store.ts';
import { findPeople } from './person-store.ts';
import { readRulebook } from './rulebook-store.ts';
import type { SlotRow } from './slot-store.ts';
import { lockSlots } from './slot-store.ts';

/** A command's key among those of its operation. */
export type CommandKey = { actorId: string; key: string };
export type StoredReply = CommandKey & { digest: string; reply: unknown };

// LATERAL with LIMIT keeps it one look by the key for each command, whatever the planner believes of the table.
const STORED = /* sql */ `
SELECT i.actor_id AS "actorId", i.key, i.request_digest AS digest, i.reply
FROM unnest($2::text[], $3::text[]) AS asked(actor_id, key) CROSS JOIN LATERAL (
  SELECT actor_id, key, request_digest, reply FROM relay.idempotency
  WHERE actor_id = asked.actor_id AND operation = $1 AND key = asked.key LIMIT 1
) AS i`;

/** Which of the commands were answered before; asked once their residents are locked. */
export const recallReplies = (
  query: Query,
  operation: string,
  commands: readonly CommandKey[],
): Promise<StoredReply[]> =>
  query<StoredReply>(STORED, [
    operation,
    commands.map(({ actorId }) => actorId),
    commands.map(({ key }) => key),
  ]);

export type LoadedFacts = Omit<BookingFacts, 'slots'> & { slots: ReadonlyMap<string, SlotRow> };

/** What bookings could hang on. */
export type FactsWanted = {
  residentIds: readonly string[];
  holdIds: readonly string[];
  slotIds: readonly string[];
};

/** Everything the bookings hang on, with holds and slots locked. */
export async function loadFacts(
  query: Query,
  asked: readonly BookingAsked[],
  now: Date,
): Promise<LoadedFacts> {
  const residentIds = asked.map(({ residentId }) => residentId);
  const holdIds = asked.flatMap(({ holdId }) => (holdId === undefined ? [] : [holdId]));
  const slotIds = asked.flatMap(({ slotId }) => (slotId === undefined ? [] : [slotId]));
  return lockFacts(query, { residentIds, holdIds, slotIds }, now);
}

/** The same, where more slots come into question than seats are asked for. */
export async function lockFacts(
  query: Query,
  wanted: FactsWanted,
  now: Date,
): Promise<LoadedFacts> {
  const { residentIds, holdIds } = wanted;
  const holds = new Map<string, HoldFacts>(
    holdIds.length === 0 ? [] : (await holdsById(query, holdIds)).map((hold) => [hold.id, hold]),
  );
  const slotIds = new Set(wanted.slotIds);
  for (const hold of holds.values()) slotIds.add(hold.slotId);
  const [stale, found, rules, slots] = await Promise.all([
    feedsAreStale(query, now),
    findPeople(query, residentIds),
    readRulebook(query, now),
    lockSlots(query, [...slotIds]),
  ]);
  // Whom we know of only from copies that are too old, we do not know.
  const people = stale ? new Map<string, Person>() : found;
  return { people, slots, holds, rules, now };
}

/** Confirmation numbers that nobody has yet; 100 million of them leave room to try again. */
export async function freshNumbers(query: Query, count: number): Promise<string[]> {
  const numbers = new Set<string>();
  while (numbers.size < count) {
    const missing = Array.from({ length: count - numbers.size }, () =>
      confirmationNumber(String(randomInt(100_000_000)).padStart(8, '0')),
    );
    const taken = await query<{ number: string }>(
      `SELECT confirmation_number AS number FROM reservation WHERE confirmation_number = ANY($1::text[])`,
      [missing],
    );
    const known = new Set(taken.map(({ number }) => number));
    for (const number of missing) if (!known.has(number)) numbers.add(number);
  }
  return [...numbers];
}

export type NewBooking = {
  id: string;
  residentId: string;
  programmeCode: string;
  doseNumber: number;
  slotId: string;
  channel: Channel;
  confirmationNumber: string;
  bookedBy: string;
  holdId?: string;
  /** The command of its own, and what it is answered; absent where a command books several. */
  command?: CommandKey & { digest: string };
  reply?: unknown;
};

/**
 * Seats, reservations, ended holds and the answers to give again, in one statement that counts what it
 * really did. The tables' own CHECKs and unique indexes have the last word.
 */
const WRITE = /* sql */ `
WITH asked AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS a(id uuid, "residentId" uuid, "programmeCode" text,
    "doseNumber" int, "slotId" uuid, channel text, "confirmationNumber" text, "bookedBy" text, "holdId" uuid,
    command jsonb, reply jsonb)
), written AS (
  INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
    channel, confirmation_number, booked_by, booked_at)
  SELECT id, $2, "residentId", "programmeCode", "doseNumber", "slotId", 'booked', channel, "confirmationNumber",
    "bookedBy", $3 FROM asked RETURNING 1
), seats AS (
  UPDATE slot SET booked = slot.booked + m.booked, held = held - m.ended, phone_taken = phone_taken + m.phone,
    web_taken = web_taken + m.web, staff_taken = staff_taken + m.staff, walk_in_taken = walk_in_taken + m.walk_in
  FROM (
    SELECT "slotId" AS id, count(*)::int AS booked, count("holdId")::int AS ended,
      count(*) FILTER (WHERE "holdId" IS NULL AND channel = 'phone')::int AS phone,
      count(*) FILTER (WHERE "holdId" IS NULL AND channel = 'web')::int AS web,
      count(*) FILTER (WHERE "holdId" IS NULL AND channel = 'staff')::int AS staff,
      count(*) FILTER (WHERE "holdId" IS NULL AND channel = 'walk-in')::int AS walk_in
    FROM asked GROUP BY "slotId"
  ) AS m WHERE slot.id = m.id RETURNING m.booked
), ended AS (
  DELETE FROM hold USING asked WHERE hold.id = asked."holdId" RETURNING 1
), kept AS (
  INSERT INTO relay.idempotency (actor_id, operation, key, request_digest, reply)
  SELECT command->>'actorId', $4, command->>'key', command->>'digest', reply FROM asked
  WHERE command IS NOT NULL
)
SELECT relay.demand(
  (SELECT count(*) FROM written) = $5 AND (SELECT coalesce(sum(booked), 0) FROM seats) = $5
    AND (SELECT count(*) FROM ended) = $6,
  'a batch of bookings did not write what it decided')`;

/** Writes bookings under the locks of their slots, which the commit ends: so nothing waits for the answer alone. */
export function writeBookings(
  tx: Transaction,
  bookings: readonly NewBooking[],
  of: { operation: string; municipalityCode: string; now: Date },
): void {
  if (bookings.length === 0) return;
  const held = bookings.filter(({ holdId }) => holdId !== undefined).length;
  const values = [JSON.stringify(bookings), of.municipalityCode, of.now, of.operation];
  tx.alongside(tx.query(WRITE, [...values, bookings.length, held]));
}
