import type { Channel } from './read-tables.ts';

type Rows = <Row extends Record<string, unknown>>(
  sql: string,
  values?: unknown[],
) => Promise<Row[]>;

export type WaitingRow = {
  id: string;
  residentId: string;
  doseNumber: number;
  state: string;
  /** Epoch milliseconds, as below. */
  joinedAt: number;
};
export type OfferRow = {
  id: string;
  entryId: string;
  residentId: string;
  doseNumber: number;
  channel: Channel;
  slotId: string;
  state: string;
  offeredAt: number;
  endedAt: number | null;
};
export type KeptSeatRow = { id: string; slotId: string; channel: Channel; keptAt: number };

export type WaitingList = {
  entries: Map<string, WaitingRow>;
  offers: Map<string, OfferRow>;
  keptSeats: KeptSeatRow[];
  /** Entries by slot that was ever offered: those that wait, or waited, for a seat like it. */
  inLine: Map<string, string[]>;
  /** `entry slot`: a freed seat of the slot went past the entry, with a reason. */
  passes: Set<string>;
  /** Slots that somebody waits, or waited, for. */
  waitedFor: Set<string>;
  /** Free seats that somebody who waits could surely have had for some minutes. */
  besideFree: { entryId: string; slotId: string }[];
};

/** SQL: a time in epoch milliseconds. */
export const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

const ENTRIES = `
SELECT id, resident_id AS "residentId", dose_number AS "doseNumber", state, ${ms('joined_at')} AS "joinedAt"
FROM waiting_entry`;

const OFFERS = `
SELECT o.id, o.entry_id AS "entryId", e.resident_id AS "residentId", e.dose_number AS "doseNumber", e.channel,
  o.slot_id AS "slotId", o.state, ${ms('o.offered_at')} AS "offeredAt", ${ms('o.ended_at')} AS "endedAt"
FROM waitlist_offer o JOIN waiting_entry e ON e.id = o.entry_id`;

const KEPT = `SELECT id, slot_id AS "slotId", channel, ${ms('kept_at')} AS "keptAt" FROM kept_seat`;

/** What an entry waits for, whatever has become of it. */
const FITS = `
FROM waiting_entry e JOIN slot s ON s.day BETWEEN e.day_from AND e.day_to
  AND coalesce(e.venue_code, s.venue_code) = s.venue_code AND coalesce(e.product_code, s.product_code) = s.product_code
  AND s.starts_at >= coalesce(e.time_from, s.starts_at) AND (e.time_to IS NULL OR s.starts_at < e.time_to)
JOIN venue v ON v.code = s.venue_code AND coalesce(e.town, v.town) = v.town`;

/** Longer than the list takes to be gone through. */
const LOOKED_THROUGH = `interval '2 minutes'`;

/** Seats that a channel can still take: what it was promised, and what was promised to nobody. */
const freeTo = (channel: string): string => {
  const own = channel.replace('-', '_');
  const all = ['phone', 'web', 'staff', 'walk_in'];
  const promised = all.map(
    (one) => `s.${one}_quota + greatest(s.${one}_taken - s.${one}_quota, 0)`,
  );
  return `WHEN '${channel}' THEN greatest(s.${own}_quota - s.${own}_taken, 0) + s.capacity - (${promised.join(' + ')})`;
};

/**
 * Who waits beside a free seat: somebody over 65 who has lived here all along and has neither doses nor bookings,
 * whom every rule of the tests' programme allows a first dose, on a day far enough for a call back. Who was asked
 * before, or passed over with a reason, has had their turn.
 */
const BESIDE_FREE = `
SELECT DISTINCT ON (e.id) e.id AS "entryId", s.id AS "slotId" ${FITS}
JOIN resident_copy c ON c.resident_id = e.resident_id
WHERE e.state = 'waiting' AND e.dose_number = 1 AND e.joined_at < now() - ${LOOKED_THROUGH}
  AND c.date_of_birth < now() - interval '65 years' AND jsonb_array_length(c.residency) = 1
  AND c.residency -> 0 ->> 'to' IS NULL
  AND NOT s.closed AND s.target_capacity IS NULL AND NOT s.day = ANY(v.closed_days)
  AND s.opens_at < now() - ${LOOKED_THROUGH} AND least(s.closes_at, s.day) > now() + interval '9 days'
  AND CASE e.channel ${['phone', 'web', 'staff', 'walk-in'].map(freeTo).join(' ')} END > 0
  AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.told_at < now() - interval '1 minute')
  AND NOT EXISTS (SELECT 1 FROM waitlist_offer o
    WHERE o.entry_id = e.id AND (o.slot_id = s.id OR o.state IN ('declined', 'expired')))
  AND NOT EXISTS (SELECT 1 FROM waitlist_pass p WHERE p.entry_id = e.id AND p.slot_id = s.id)
  AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.resident_id = e.resident_id)
  AND NOT EXISTS (SELECT 1 FROM dose_copy d WHERE d.resident_id = e.resident_id)
ORDER BY e.id, s.id`;

/** Reads who waited, what was offered, and which seats are kept. */
export async function readWaitingList(rows: Rows, slots: readonly string[]): Promise<WaitingList> {
  const entries = await rows<WaitingRow>(ENTRIES);
  const offers = await rows<OfferRow>(OFFERS);
  const fits = await rows<{ slotId: string; entries: string[] }>(
    `SELECT s.id AS "slotId", array_agg(e.id) AS entries ${FITS}
     WHERE s.id IN (SELECT slot_id FROM waitlist_offer) GROUP BY s.id`,
  );
  const passes = await rows<{ name: string }>(
    `SELECT entry_id || ' ' || slot_id AS name FROM waitlist_pass`,
  );
  const waited = await rows<{ id: string }>(
    `SELECT DISTINCT s.id ${FITS} WHERE s.id = ANY($1::uuid[])`,
    [slots],
  );
  return {
    entries: new Map(entries.map((one) => [one.id, one])),
    offers: new Map(offers.map((one) => [one.id, one])),
    keptSeats: await rows<KeptSeatRow>(KEPT),
    inLine: new Map(fits.map((one) => [one.slotId, one.entries])),
    passes: new Set(passes.map(({ name }) => name)),
    waitedFor: new Set(waited.map(({ id }) => id)),
    besideFree: await rows<{ entryId: string; slotId: string }>(BESIDE_FREE),
  };
}
