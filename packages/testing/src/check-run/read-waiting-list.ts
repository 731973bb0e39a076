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
};

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

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
  };
}
