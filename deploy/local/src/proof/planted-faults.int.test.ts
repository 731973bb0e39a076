import { readFileSync, writeFileSync } from 'node:fs';
import { newId } from '@madoguchi/kernel';
import { checkRecord } from '@madoguchi/testing/check-record';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DROP_GUARDS } from './drop-guards.fixture.ts';
import { recordedRun } from './recorded-run.fixture.ts';

// A checker that finds nothing proves nothing: each fault is planted in a copy of a sound run.
let run: Awaited<ReturnType<typeof recordedRun>>;
let original: string;
let sessionOfFull: string;

beforeAll(async () => {
  run = await recordedRun();
  const { DATABASE_URL = '' } = await run.world.environmentOf('reservations');
  original = new URL(DATABASE_URL).pathname.slice(1);
  const [slot] = await run.world.sql<{ session: string }>(
    'reservations',
    'SELECT session_id AS session FROM slot WHERE id = $1',
    [run.slots.full],
  );
  sessionOfFull = slot?.session ?? '';
});
afterAll(() => run.world.stop());

type Line = Record<string, unknown> & {
  sent?: number;
  at?: number;
  operation?: string;
  answer?: { ok: boolean; value?: Record<string, unknown>; refusal?: { code: string } };
};
type Planting = { sql?: string[]; edit?: (lines: Line[]) => Line[] };

const withAdmin = async (url: string, work: (client: pg.Client) => Promise<unknown>) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

/** The verdict on a copy of the run with this fault in it. */
async function verdictWith({ sql = [], edit = (lines) => lines }: Planting) {
  const adminUrl = inject('postgresAdminUrl');
  const copy = `${original}_${newId().slice(-8)}`;
  await withAdmin(adminUrl, (admin) => admin.query(`CREATE DATABASE ${copy} TEMPLATE ${original}`));
  const url = new URL(adminUrl);
  url.pathname = `/${copy}`;
  await withAdmin(url.href, async (client) => {
    await client.query(DROP_GUARDS);
    for (const statement of sql) await client.query(statement);
  });
  const lines = readFileSync(run.record, 'utf8').trim().split('\n');
  const edited = edit(lines.map((line) => JSON.parse(line) as Line));
  const path = `${run.record}.${copy}`;
  writeFileSync(path, edited.map((line) => JSON.stringify(line)).join('\n'));
  const { exitCode, findings } = await checkRecord(path, url.href);
  return { exitCode, codes: [...new Set(findings.map(({ finding }) => finding))] };
}

const copyOfBooking = (changes: Record<string, string>) =>
  `INSERT INTO reservation SELECT (jsonb_populate_record(r, to_jsonb(r) || jsonb_build_object(
     'id', gen_random_uuid(), 'confirmation_number', gen_random_uuid()${Object.entries(changes)
       .map(([column, value]) => `, '${column}', ${value}`)
       .join('')}))).*
   FROM reservation r WHERE state = 'booked' AND slot_id = '${run.slots.full}' ORDER BY id LIMIT 1`;
const slotIn = ({ answer }: Line) =>
  (answer?.value?.['slot'] as { slotId?: string } | undefined)?.slotId;
const takeSeats = (slotId: string, count: number) =>
  `UPDATE slot SET booked = booked + ${count}, phone_taken = phone_taken + ${count} WHERE id = '${slotId}'`;

/** As if the session of the full slot had been closed then. */
const closing = (at: number): Line => ({
  operation: 'reservations.close-session',
  request: { sessionId: sessionOfFull, reason: 'flood' },
  actor: 'somebody',
  role: 'operations-manager',
  sent: at,
  answered: at + 1,
  answer: { ok: true, value: { sessions: 1, toBeCalled: 0, holdsEnded: 0 } },
});

const bookingsIn = ({ answer }: Line) => (answer?.value?.['bookings'] ?? []) as unknown[];
/** As if the answer to this command had been lost. */
const unanswered = (operation: string) => (lines: Line[]) =>
  lines.map((line) =>
    line.operation === `reservations.${operation}`
      ? { ...line, answer: { ok: false, refusal: { code: 'messaging_unavailable' } } }
      : line,
  );
const goneFrom = (booking: { id: string; slotId: string } | undefined): string[] =>
  booking
    ? [`DELETE FROM reservation WHERE id = '${booking.id}'`, takeSeats(booking.slotId, -1)]
    : [];
/** Somebody who asked for a seat of the full slot and got none. */
function refusedIn(): string {
  const lines = readFileSync(run.record, 'utf8').trim().split('\n');
  const refused = lines
    .map((line) => JSON.parse(line) as Line & { request?: { residentId: string; slotId: string } })
    .find(({ answer, request }) => !answer?.ok && request?.slotId === run.slots.full);
  return refused?.request?.residentId ?? '';
}

describe('the checker of runs', () => {
  it('finds a sound run whole', async () => {
    expect(await verdictWith({})).toEqual({ exitCode: 0, codes: [] });
  });

  it('holds nothing against a run that an unanswered command may have done', async () => {
    const [first, second] = run.company.pair;
    const gone = (id = '') =>
      `UPDATE reservation SET state = 'cancelled', cancelled_at = now() WHERE id = '${id}'`;
    const cancelled = (lines: Line[]): Line[] => {
      const pair = lines.find(({ operation }) => operation === 'reservations.book-pair');
      const { residentId } = (pair?.['request'] ?? {}) as { residentId?: string };
      const request = {
        residentId,
        reservationId: first?.id,
        reason: 'other',
        withFollowing: true,
      };
      const at = { sent: Date.now() - 2_000, answered: Date.now() - 1_000 };
      const answer = { ok: false, refusal: { code: 'deadline_exceeded' } };
      const operation = 'reservations.cancel-reservation';
      return [...lines, { ...pair, ...at, key: newId(), operation, request, answer }];
    };
    const sql = [gone(first?.id), gone(second?.id)];
    const freed = [takeSeats(first?.slotId ?? '', -1), takeSeats(second?.slotId ?? '', -1)];
    const verdict = await verdictWith({ edit: cancelled, sql: [...sql, ...freed] });
    expect(verdict).toEqual({ exitCode: 0, codes: [] });
  });

  it.each<[string, () => Planting, string[]]>([
    [
      'a hold never released at its time',
      () => ({
        sql: [`UPDATE hold SET expires_at = now() - interval '1 minute' WHERE offer_id IS NULL`],
        // The caller was told this time.
        edit: (lines) =>
          lines.map((line) =>
            line.answer?.value?.['holdId'] === run.leftHold
              ? {
                  ...line,
                  answer: {
                    ok: true,
                    value: { ...line.answer.value, expiresAt: new Date(0).toISOString() },
                  },
                }
              : line,
          ),
      }),
      ['hold_never_released'],
    ],
    [
      'a hold never released with its case',
      () => ({
        edit: (lines) => {
          const hold = lines.find((line) => line.answer?.value?.['holdId'] === run.leftHold);
          return [...lines, { at: 0, happened: 'case-ended', caseId: hold?.['caseId'] }];
        },
      }),
      ['hold_never_released'],
    ],
    [
      'a hold that lives on after the time that was answered',
      () => ({
        edit: (lines) =>
          lines.map((line) =>
            line.answer?.value?.['holdId'] === run.leftHold
              ? {
                  ...line,
                  answer: { ok: true, value: { ...line.answer.value, expiresAt: '2026-01-01' } },
                }
              : line,
          ),
      }),
      ['hold_never_released'],
    ],
    [
      'a seat taken after its slot closed, or before it opened',
      () => ({
        sql: [
          `UPDATE slot SET closes_at = now() - interval '1 day' WHERE id = '${run.slots.full}'`,
          `UPDATE slot SET opens_at = now() + interval '1 day' WHERE id = '${run.slots.other}'`,
        ],
      }),
      ['taken_while_shut'],
    ],
    [
      'a seat taken while its session was closed',
      () => ({ edit: (lines) => [closing(0), ...lines] }),
      ['taken_while_shut'],
    ],
    [
      'a session closed under people whom nobody calls',
      () => ({ edit: (lines) => [...lines, closing(Date.now())] }),
      ['nobody_called'],
    ],
    [
      'a booking that sits on another channel',
      () => ({
        sql: [
          `UPDATE reservation SET channel = 'web' WHERE slot_id = '${run.slots.full}' AND state = 'booked'`,
          `UPDATE slot SET web_quota = booked, web_taken = booked, phone_quota = 0, phone_taken = 0
           WHERE id = '${run.slots.full}'`,
        ],
      }),
      ['channel_differs'],
    ],
    [
      'a fact that tells of another day',
      () => ({
        sql: [
          `UPDATE relay.outbox SET payload = payload || '{"date":"2020-01-01"}' WHERE subject LIKE '%.reservation.booked.%'`,
        ],
      }),
      ['event_differs'],
    ],
    [
      'somebody who moved up in the waiting list',
      () => ({ sql: [`UPDATE waiting_entry SET joined_at = joined_at - interval '1 day'`] }),
      ['waiting_lost'],
    ],
    [
      'a retry counted twice',
      () => ({
        sql: [copyOfBooking({ slot_id: `'${run.slots.other}'` }), takeSeats(run.slots.other, 1)],
      }),
      ['double_booking', 'double_booking_moment', 'key_counted_twice'],
    ],
    [
      'a retry that was answered with another booking',
      () => ({
        edit: (lines) =>
          lines.map((line, index) =>
            line.answer?.value?.['reservationId'] === run.cancelled &&
            lines.findIndex((one) => one['key'] === line['key']) < index
              ? {
                  ...line,
                  answer: { ok: true, value: { ...line.answer.value, reservationId: newId() } },
                }
              : line,
          ),
      }),
      ['replay_differs'],
    ],
    [
      'a cancelled seat freed twice',
      () => ({ sql: [takeSeats(run.slots.freed, -1)] }),
      ['count_differs', 'channel_count_differs'],
    ],
    [
      'a waiting-list seat offered twice',
      () => ({
        sql: [
          `INSERT INTO waitlist_offer (id, entry_id, slot_id, state, offered_at, expires_at)
           SELECT gen_random_uuid(), '${run.waiting[1]}', slot_id, state, offered_at, expires_at FROM waitlist_offer`,
          `UPDATE waiting_entry SET state = 'offered' WHERE id = '${run.waiting[1]}'`,
        ],
      }),
      ['over_capacity_moment', 'seat_offered_twice'],
    ],
    [
      'a waiting-list seat offered to the second before the first',
      () => ({
        sql: [
          `UPDATE waitlist_offer SET entry_id = '${run.waiting[1]}'`,
          `UPDATE waiting_entry SET state = CASE WHEN id = '${run.waiting[1]}' THEN 'offered' ELSE 'waiting' END`,
        ],
      }),
      ['waiting_order'],
    ],
    [
      'somebody who waits and is not offered the seat that stands free',
      () => ({
        sql: [
          `UPDATE waiting_entry SET joined_at = joined_at - interval '1 hour'`,
          `UPDATE slot SET opens_at = opens_at - interval '1 hour'`,
          `UPDATE waiting_entry SET (venue_code, town, product_code, time_from, time_to) = (NULL, NULL, NULL, NULL, NULL),
             day_to = day_to + 20 WHERE id = '${run.waiting[1]}'`,
        ],
      }),
      ['waiting_lost', 'waits_beside_free_seat'],
    ],
    [
      'a freed seat that is kept for nobody',
      () => ({
        sql: [
          `INSERT INTO kept_seat (id, slot_id, channel, kept_at)
           VALUES (gen_random_uuid(), '${run.slots.other}', 'phone', now() - interval '2 minutes')`,
          `UPDATE slot SET held = held + 1, phone_taken = phone_taken + 1 WHERE id = '${run.slots.other}'`,
        ],
      }),
      ['kept_seat_forgotten'],
    ],
    [
      'a stale copy accepted over a newer one',
      () => ({ sql: ['UPDATE resident_copy SET version = 0'] }),
      ['stale_copy'],
    ],
    [
      'a booking allowed by a stale copy',
      () => ({
        sql: [`UPDATE resident_copy SET residency = '[{"from":"1960-01-01","to":"2020-01-01"}]'`],
        edit: (lines) =>
          lines.map((line) =>
            line['happened'] === 'told' ? { ...line, at: Number(line.at) - 61_000 } : line,
          ),
      }),
      ['stale_copy_accepted'],
    ],
    [
      'one seat too many in a batch',
      () => ({
        sql: [
          copyOfBooking({ resident_id: 'gen_random_uuid()', booked_at: `'2020-01-01'` }),
          takeSeats(run.slots.full, 1),
        ],
      }),
      ['over_capacity', 'over_capacity_moment'],
    ],
    [
      'one seat too many for a moment only',
      () => ({
        sql: [
          `UPDATE reservation SET state = 'cancelled', cancelled_at = now() WHERE id =
             (SELECT id FROM reservation WHERE slot_id = '${run.slots.full}' ORDER BY id LIMIT 1)`,
          takeSeats(run.slots.full, -1),
          `UPDATE slot SET capacity = 2, phone_quota = 2 WHERE id = '${run.slots.full}'`,
        ],
      }),
      ['booking_lost', 'over_capacity_moment'],
    ],
    [
      'an acknowledged booking lost',
      () => ({
        sql: [
          `DELETE FROM reservation WHERE id =
             (SELECT id FROM reservation WHERE slot_id = '${run.slots.full}' ORDER BY id LIMIT 1)`,
          takeSeats(run.slots.full, -1),
        ],
      }),
      ['booking_lost'],
    ],
    [
      'a cancellation lost',
      () => ({
        sql: [
          `UPDATE reservation SET state = 'booked' WHERE id = '${run.cancelled}'`,
          takeSeats(run.slots.freed, 1),
        ],
      }),
      ['cancellation_lost'],
    ],
    [
      'a change lost',
      () => ({
        sql: [
          `UPDATE reservation SET slot_id = '${run.slots.freed}' WHERE id = '${run.changed}'`,
          takeSeats(run.slots.other, -1),
          takeSeats(run.slots.freed, 1),
        ],
      }),
      ['change_lost'],
    ],
    [
      'a freed seat that nobody could have',
      () => ({
        edit: (lines) => lines.filter((line) => slotIn(line) !== run.slots.full),
        sql: [
          `DELETE FROM reservation WHERE slot_id = '${run.slots.full}'`,
          takeSeats(run.slots.full, -3),
        ],
      }),
      ['freed_seat_missing'],
    ],
    [
      'a promised seat that was refused',
      () => ({
        edit: (lines) =>
          lines
            .filter((line) => slotIn(line) !== run.slots.full)
            .map((line) =>
              line.answer?.refusal?.code === 'slot_full'
                ? { ...line, answer: { ok: false, refusal: { code: 'channel_quota_reached' } } }
                : line,
            ),
        sql: [
          `DELETE FROM reservation WHERE slot_id = '${run.slots.full}'`,
          takeSeats(run.slots.full, -3),
        ],
      }),
      ['promise_not_kept'],
    ],
    [
      'seats of one channel taken by another',
      () => ({
        sql: [`UPDATE slot SET web_quota = 2, phone_quota = 1 WHERE id = '${run.slots.full}'`],
      }),
      ['promise_broken'],
    ],
    [
      'a change without its event, and an event told twice',
      () => ({
        sql: [
          `DELETE FROM relay.outbox WHERE aggregate_id = '${run.cancelled}' AND aggregate_version = 2`,
          `INSERT INTO relay.outbox (event_id, subject, aggregate_id, aggregate_version, payload, published_at)
           SELECT gen_random_uuid(), subject, aggregate_id, aggregate_version, payload, now()
           FROM relay.outbox WHERE aggregate_id = '${run.changed}' LIMIT 1`,
        ],
      }),
      ['event_missing', 'event_twice'],
    ],
    [
      'a pair of which one dose is booked',
      () => ({
        edit: unanswered('book-pair'),
        sql: goneFrom(run.company.pair[1]),
      }),
      ['half_done'],
    ],
    [
      'a pair of which one dose was acknowledged',
      () => ({
        edit: (lines) =>
          lines.map((line) =>
            line.operation === 'reservations.book-pair'
              ? { ...line, answer: { ok: true, value: { bookings: bookingsIn(line).slice(0, 1) } } }
              : line,
          ),
      }),
      ['half_done', 'key_counted_twice'],
    ],
    [
      'a family of whom one has no seat',
      () => ({
        edit: unanswered('book-group'),
        sql: goneFrom(run.company.family[2]),
      }),
      ['half_done'],
    ],
    [
      'a family further apart than was asked for',
      () => ({
        edit: (lines) =>
          lines.map((line) =>
            line.operation === 'reservations.book-group'
              ? { ...line, request: { ...(line['request'] as object), spanMinutes: 0 } }
              : line,
          ),
      }),
      ['group_apart'],
    ],
    [
      'a companion who does not sit beside',
      () => ({
        sql: [`UPDATE slot SET starts_at = '20:00' WHERE id = '${run.company.besideSlot}'`],
      }),
      ['companion_apart'],
    ],
    [
      'a visitor who came and was forgotten',
      () => ({
        sql: [`UPDATE reservation SET state = 'booked' WHERE id = '${run.company.visited}'`],
      }),
      ['attendance_lost'],
    ],
    [
      'somebody who waits and was forgotten',
      () => ({ sql: [`DELETE FROM waiting_entry WHERE id = '${run.waiting[1]}'`] }),
      ['waiting_lost'],
    ],
    [
      'a booking of somebody who was told there was none',
      () => ({
        sql: [
          copyOfBooking({ slot_id: `'${run.slots.other}'`, resident_id: `'${refusedIn()}'` }),
          takeSeats(run.slots.other, 1),
        ],
      }),
      ['unexplained_booking'],
    ],
    [
      'an entry cut out of the audit log',
      () => ({ sql: ['DELETE FROM relay.audit_entry WHERE lane = 1 AND seq = 2'] }),
      ['audit_gap'],
    ],
  ])('finds %s', async (_fault, planting, expected) => {
    const { exitCode, codes } = await verdictWith(planting());
    expect(exitCode).toBe(1);
    expect(codes.toSorted()).toEqual(expected.toSorted());
  });
});
