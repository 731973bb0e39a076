import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReservationsWorld } from '../store/reservations-world.fixture.ts';
import { reservationsWorld } from '../store/reservations-world.fixture.ts';

const VENUE = '1312300011';
const day = (days: number): string => addDays(tokyoDate(new Date()), days);
const ROLES = ['operator', 'senior-operator', 'city-staff', 'phone-agent'] as const;
type Role = (typeof ROLES)[number];
let world: ReservationsWorld;
beforeAll(async () => {
  world = await reservationsWorld();
  // What was promised to nobody is there for every desk.
  await world.sql('UPDATE slot SET web_quota = 0, walk_in_quota = 0');
});
afterAll(() => world.stop());

const key = () => ({ idempotencyKey: newId() });
const codeOf = (answer: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  answer.ok ? 'ok' : answer.refusal.code;
type Answer = Awaited<ReturnType<typeof world.call>>;

const nothing = async (): Promise<string> => 'nothing was asked';

/** Everything that takes a seat, by what it asks of a slot; a group answers with its member's reason. */
const COMMANDS: Record<
  string,
  (residentId: string, slotId: string, role: Role) => Promise<string>
> = {
  'hold-slot': async (residentId, slotId, role) =>
    codeOf(
      await world.call(
        contract.holdSlot,
        { residentId, slotId, doseNumber: 1 },
        { ...(await world.serving(residentId, role)), ...key() },
      ),
    ),
  'book-slot': async (residentId, slotId, role) =>
    codeOf(
      await world.call(
        contract.bookSlot,
        { residentId, slotId, doseNumber: 1 },
        { ...(await world.serving(residentId, role)), ...key() },
      ),
    ),
  'book-pair': async (residentId, slotId, role) =>
    codeOf(
      await world.call(
        contract.bookPair,
        { residentId, slotId },
        { ...(await world.serving(residentId, role)), ...key() },
      ),
    ),
  'book-group': async (residentId, slotId, role) => {
    const other = await world.resident();
    const members = [residentId, other].map((id) => ({ residentId: id, doseNumber: 1 }));
    const answer: Answer = await world.call(
      contract.bookGroup,
      { members, slotId, spanMinutes: 0 },
      { ...(await world.servingAll([residentId, other], role)), ...key() },
    );
    if (answer.ok || answer.refusal.code !== 'group_refused') return codeOf(answer);
    const told = answer.refusal.details?.['members'] as { residentId: string; code: string }[];
    return told.find((one) => one.residentId === residentId)?.code ?? 'group_refused';
  },
};
const EVERY = ROLES.flatMap((role) =>
  Object.keys(COMMANDS).map((command) => [command, role] as const),
);

const rowsOf = async (slotId: string) => ({
  holds: (await world.sql('SELECT 1 FROM hold WHERE slot_id = $1', [slotId])).length,
  bookings: (await world.sql('SELECT 1 FROM reservation WHERE slot_id = $1', [slotId])).length,
});

describe('B26: a slot that cannot be taken', () => {
  const SITUATIONS = [
    [
      'full',
      'capacity = 2, phone_quota = 0, web_quota = 0, walk_in_quota = 0, booked = 2, web_taken = 2',
      'slot_full',
    ],
    ['of no seats', 'capacity = 0, phone_quota = 0, web_quota = 0, walk_in_quota = 0', 'slot_full'],
    [
      'promised to another channel',
      `capacity = 3, phone_quota = 0, web_quota = 3`,
      'channel_quota_reached',
    ],
    ['in the past', `day = current_date - 1, starts_at = '00:01'`, 'slot_in_past'],
    ['not open yet', `opens_at = now() + interval '1 minute'`, 'slot_not_open'],
    ['past its booking time', `closes_at = now() - interval '1 second'`, 'slot_closed'],
    ['closed', 'closed = true', 'slot_closed'],
  ] as const;
  it.each(SITUATIONS)(
    '%s: refused to every channel and command, operators included',
    async (what, change, code) => {
      const offset = 2 + SITUATIONS.findIndex(([name]) => name === what);
      const [slot] = await world.slotsAt(VENUE, day(offset));
      const slotId = slot?.id ?? '';
      await world.sql(`UPDATE slot SET ${change} WHERE id = $1`, [slotId]);
      for (const [command, role] of EVERY) {
        const residentId = await world.resident();
        expect(await COMMANDS[command]?.(residentId, slotId, role), `${command} by ${role}`).toBe(
          code,
        );
      }
      expect(await rowsOf(slotId)).toEqual({ holds: 0, bookings: 0 });
      // It never had seats: nobody sits on those that were only said to be taken.
      await world.sql(
        `UPDATE slot SET capacity = 0, booked = 0, phone_taken = 0, web_taken = 0, phone_quota = 0, web_quota = 0,
           staff_quota = 0, walk_in_quota = 0 WHERE id = $1`,
        [slotId],
      );
    },
  );

  it('that does not exist', async () => {
    for (const [command, role] of EVERY)
      expect(await COMMANDS[command]?.(await world.resident(), newId(), role), command).toBe(
        'slot_not_found',
      );
  });

  it('nor is a booking moved onto one', async () => {
    const slots = await world.slotsAt(VENUE, day(10));
    const [from = '', full = '', closed = ''] = slots.map(({ id }) => id);
    await world.setSeats([full], 0);
    await world.sql('UPDATE slot SET closed = true WHERE id = $1', [closed]);
    for (const role of ROLES) {
      const { residentId, reservationId } = await world.book(from);
      const me = await world.serving(residentId, role);
      const move = (slotId: string) =>
        world.call(
          contract.changeReservation,
          { residentId, reservationId, slotId },
          { ...me, ...key() },
        );
      expect(codeOf(await move(full))).toBe('slot_full');
      expect(codeOf(await move(closed))).toBe('slot_closed');
      expect(codeOf(await move(newId()))).toBe('slot_not_found');
      await world.call(
        contract.cancelReservation,
        { residentId, reservationId, reason: 'other' },
        { ...me, ...key() },
      );
    }
    expect(await world.seatsOf(from)).toEqual({ booked: 0, held: 0 });
  });
});

describe('B27 and B28: a person who may not', () => {
  const BORN = `UPDATE resident_copy SET date_of_birth = current_date - 1000 WHERE resident_id = $1`;
  const LIVED = (residency: string) =>
    `UPDATE resident_copy SET residency = '${residency}' WHERE resident_id = $1`;
  it.each([
    ['too young', 11, BORN, 'age_not_eligible'],
    [
      'moved out before the day',
      11,
      LIVED('[{"from":"1960-01-01","to":"2020-01-01"}]'),
      'not_resident_on_day',
    ],
    ['never a resident', 11, LIVED('[]'), 'not_resident_on_day'],
    [
      'of whom the registry has not told',
      11,
      'DELETE FROM resident_copy WHERE resident_id = $1',
      'copy_stale',
    ],
  ])('%s is booked by nobody', async (_what, days, change, code) => {
    const [slot] = await world.slotsAt(VENUE, day(days));
    const slotId = slot?.id ?? '';
    for (const [command, role] of EVERY) {
      const residentId = await world.resident();
      await world.sql(change, [residentId]);
      expect(await COMMANDS[command]?.(residentId, slotId, role), `${command} by ${role}`).toBe(
        code,
      );
    }
    expect(await rowsOf(slotId)).toEqual({ holds: 0, bookings: 0 });
  });

  it('a dose that was given is not booked again, nor the next one too soon', async () => {
    const [slot] = await world.slotsAt(VENUE, day(12));
    for (const [command, role] of EVERY) {
      const residentId = await world.resident();
      await world.sql(
        `INSERT INTO dose_copy (dose_id, resident_id, version, dose_number, vaccination_date, product_code)
         VALUES ($1, $2, 1, 1, $3, 'MDG-XA')`,
        [newId(), residentId, day(-1)],
      );
      expect(
        await COMMANDS[command]?.(residentId, slot?.id ?? '', role),
        `${command} by ${role}`,
      ).toBe('already_vaccinated');
      const second = await world.call(
        contract.bookSlot,
        { residentId, slotId: slot?.id ?? '', doseNumber: 2 },
        { ...(await world.serving(residentId, role)), ...key() },
      );
      expect(codeOf(second)).toBe('dose_interval_too_short');
    }
  });

  it('a grant of somebody else, or of another case, opens nothing', async () => {
    const [slot] = await world.slotsAt(VENUE, day(13));
    const slotId = slot?.id ?? '';
    const [mine, stranger] = [await world.resident(), await world.resident()];
    const me = await world.serving(mine);
    const asked = { residentId: stranger, slotId, doseNumber: 1 };
    const keyed = { ...me, ...key() };
    expect(codeOf(await world.call(contract.bookSlot, asked, keyed))).toBe('grant_required');
    expect(
      codeOf(await world.call(contract.bookPair, { residentId: stranger, slotId }, keyed)),
    ).toBe('grant_required');
    const other = await world.serving(mine);
    const borrowed = { ...me, grant: other.grant, ...key() };
    expect(
      codeOf(await world.call(contract.bookPair, { residentId: mine, slotId }, borrowed)),
    ).toBe('grant_required');
  });
});

describe('B29: two hundred at once for one resident', () => {
  it('by every way there is, from every desk: one booking a dose, and no seat lost', async () => {
    const residentId = await world.resident();
    const slots = (await world.slotsAt(VENUE, day(14))).map(({ id }) => id);
    const ways = Object.values(COMMANDS);
    const codes = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        (ways[index % ways.length] ?? nothing)(
          residentId,
          slots[index % slots.length] ?? '',
          ROLES[index % ROLES.length] ?? 'operator',
        ),
      ),
    );
    expect(codes).not.toContain('internal_fault');
    const live = await world.sql<{ dose: number; count: number }>(
      `SELECT dose_number AS dose, count(*)::int AS count FROM reservation
       WHERE resident_id = $1 AND state = 'booked' GROUP BY 1 ORDER BY 1`,
      [residentId],
    );
    expect(live[0]).toEqual({ dose: 1, count: 1 });
    for (const { count } of live) expect(count).toBe(1);
    const wrong = await world.sql(
      `SELECT s.id FROM slot s WHERE s.id = ANY($1) AND (s.booked <> (SELECT count(*) FROM reservation r WHERE r.slot_id = s.id AND r.state <> 'cancelled')
         OR s.held <> (SELECT count(*) FROM hold h WHERE h.slot_id = s.id))`,
      [slots],
    );
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('the checker of runs', () => {
  it('finds all of it whole', async () => {
    expect(await world.checkReservations()).toMatchObject({ exitCode: 0, findings: [] });
  });
});
