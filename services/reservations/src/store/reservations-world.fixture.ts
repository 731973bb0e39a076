import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { Clock } from '@madoguchi/kernel';
import type { Service } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { seedAlone } from '../seed-demo/seed-alone.ts';
import { reservations } from '../service.ts';

type Sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;

/** When somebody was born who is six years old now: too young for the demo's doses. */
export const BORN_TOO_LATE = addDays(tokyoDate(new Date()), -2_200);

/** Somebody at work with a grant for residents, in a case of their own. */
const servingIn =
  (world: TestWorld) =>
  async (
    residents: string[],
    role: contract.Role = 'operator',
    purpose: contract.Purpose = 'reservation',
  ) => {
    const actor = await world.actor(role);
    const caseId = newId();
    const grant = await world.grant({
      operatorId: actor.id,
      role,
      residents,
      purposes: [purpose],
      caseId,
    });
    return { actorToken: actor.token, grant, caseId, operatorId: actor.id };
  };

/** SQL: slots whose seats are promised to the telephone and the web alone, three each, and so their sessions. */
export const PHONE_AND_WEB = `UPDATE session SET web_quota = 3, walk_in_quota = 0;
  UPDATE slot SET web_quota = 3, walk_in_quota = 0`;

/** A second person's approval of what somebody proposes, as staff would tell of it. */
const agreedIn =
  (world: TestWorld, sql: Sql) =>
  async (
    change: contract.SessionChange,
    { actorToken }: { actorToken: string },
  ): Promise<string> => {
    const proposed = await world.call(
      contract.proposeSessionChange,
      { change },
      { actorToken, idempotencyKey: newId() },
    );
    if (!proposed.ok) throw new Error(proposed.refusal.code);
    const approvalId = newId();
    await sql(
      `INSERT INTO approval_copy (approval_id, selection, requested_by, decided_by, decision, expires_at)
       VALUES ($1, $2, $3, 'second-person', 'approved', now() + interval '15 minutes')`,
      [approvalId, proposed.value.selection, proposed.value.change.proposedBy],
    );
    return approvalId;
  };

const slotTools = (sql: Sql) => ({
  /** Slots of a venue's day that nobody sits on, in the order of their times. */
  slotsAt: async (venueCode: string, day: string) =>
    sql<{ id: string; starts_at: string }>(
      `SELECT id, starts_at FROM slot WHERE venue_code = $1 AND day = $2 AND booked + held = 0 AND NOT closed
       ORDER BY starts_at`,
      [venueCode, day],
    ),
  /** Seats of slots, all of them the telephone's. */
  setSeats: async (slotIds: readonly string[], capacity: number): Promise<void> => {
    await sql(
      `UPDATE slot SET capacity = $2, phone_quota = $2, web_quota = 0, staff_quota = 0, walk_in_quota = 0
       WHERE id = ANY($1)`,
      [slotIds, capacity],
    );
  },
  seatsOf: async (slotId: string) => {
    const [row] = await sql<{ booked: number; held: number }>(
      'SELECT booked, held FROM slot WHERE id = $1',
      [slotId],
    );
    return row;
  },
});

/** The service with the demo's programme, and people for it; tests only. */
export async function reservationsWorld(options: { clock?: Clock; beside?: Service[] } = {}) {
  const world = await testWorld(options.clock ? { clock: options.clock } : {});
  for (const service of options.beside ?? []) await world.start(service);
  const service = await world.start(reservations);
  await seedAlone(service.runtime);
  const sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) =>
    world.sql<Row>('reservations', text, values);

  /** A resident as the registry would tell of them. */
  const resident = async (refer = false): Promise<string> => {
    const id = newId();
    await sql(
      `INSERT INTO resident_copy (resident_id, version, date_of_birth, residency, refer)
       VALUES ($1, 1, '1960-01-01', '[{"from":"1960-01-01","to":null}]', $2)`,
      [id, refer],
    );
    return id;
  };
  const servingAll = servingIn(world);
  const serving = (residentId: string, role: contract.Role = 'operator') =>
    servingAll([residentId], role);
  const book = async (
    slotId: string,
    residentId?: string,
  ): Promise<{ residentId: string; reservationId: string }> => {
    const who = residentId ?? (await resident());
    const booked = await world.call(
      contract.bookSlot,
      { residentId: who, doseNumber: 1, slotId },
      { ...(await serving(who)), idempotencyKey: newId() },
    );
    if (!booked.ok) throw new Error(booked.refusal.code);
    return { residentId: who, reservationId: booked.value.reservationId };
  };
  const freeSlots = async (day: string, count: number): Promise<string[]> => {
    const rows = await sql<{ id: string }>(
      `SELECT id FROM slot WHERE day = $1 AND booked + held = 0 AND NOT closed ORDER BY id LIMIT $2`,
      [day, count],
    );
    return rows.map(({ id }) => id);
  };
  return {
    ...world,
    sql,
    runtime: service.runtime,
    service,
    resident,
    serving,
    servingAll,
    book,
    freeSlots,
    agreed: agreedIn(world, sql),
    ...slotTools(sql),
  };
}
export type ReservationsWorld = Awaited<ReturnType<typeof reservationsWorld>>;
