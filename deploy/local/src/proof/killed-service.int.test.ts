import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { streamOf } from '@madoguchi/messaging';
import type { FaultProxy } from '@madoguchi/testing/fault-proxy';
import { faultProxy } from '@madoguchi/testing/fault-proxy';
import { eventually } from '@madoguchi/testing/test-world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askUntilDecided } from './ask-until-decided.ts';
import { newResidents, serve } from './callers.ts';
import { fillCity } from './city-of-slots.ts';
import type { KillableService } from './killable-service.ts';
import { killableService } from './killable-service.ts';

// The service in a process of its own, killed with SIGKILL at exactly the point that a fault names.
let under: KillableService;
let proxy: FaultProxy;
let slots: string[];
const residents = newResidents(10);
const NANOS_PER_MS = 1_000_000;

beforeAll(async () => {
  under = await killableService({
    prepare: async (ownerUrl) => {
      slots = await fillCity(ownerUrl, { residents, seats: [20] });
    },
    between: async (port) => {
      proxy = await faultProxy(port);
      return proxy.port;
    },
  });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await proxy.close();
});

type Booked = { id: string; slot: string; booked: number };
const bookingsOf = (residentId: string) =>
  under.sql<Booked>(
    `SELECT r.id, r.slot_id AS slot, s.booked FROM reservation r JOIN slot s ON s.id = r.slot_id
     WHERE resident_id = $1`,
    [residentId],
  );
const seatsTaken = async () =>
  (await under.sql<{ booked: number }>('SELECT booked FROM slot WHERE id = $1', [slots[0]]))[0]
    ?.booked;

async function caller(residentId: string) {
  const { me } = await serve(under.tokens, residentId);
  const context = { ...me, idempotencyKey: newId() };
  const command = { residentId, doseNumber: 1, slotId: slots[0] ?? '' };
  return () => under.call(contract.bookSlot, command, context);
}

async function killAt(sprung: Promise<void>): Promise<void> {
  await sprung;
  await under.kill('service');
}

/** How often the stream has a fact of this booking. */
async function toldOf(reservationId: string): Promise<number> {
  const manager = await under.connection.manager();
  const stream = streamOf('reservations');
  const { state } = await manager.streams.info(stream);
  let count = 0;
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage(stream, { seq });
    if (message?.subject === contract.reservationBooked.subject)
      count += message.string().split(`"aggregateId":"${reservationId}"`).length - 1;
  }
  return count;
}

const isPublished = async (reservationId: string): Promise<boolean> => {
  const rows = await under.sql<{ waits: boolean }>(
    'SELECT published_at IS NULL AS waits FROM relay.outbox WHERE aggregate_id = $1',
    [reservationId],
  );
  return rows.length === 1 && rows[0]?.waits === false;
};

/** The relay's prepared statement, whose name goes along whenever it is run. */
const MARKS_AS_SENT = 'mark-published';

describe('a command whose service is killed', () => {
  it('F1: before the commit is not done, and done once when it is sent again', async () => {
    const [residentId = ''] = residents;
    const send = await caller(residentId);
    const sprung = proxy.trap({ marked: residentId, on: 'COMMIT', stop: 'before' });
    const first = send();
    await killAt(sprung);
    expect(await first).toMatchObject({ ok: false });
    expect(await bookingsOf(residentId)).toEqual([]);
    await under.comeBack('service');
    const again = await askUntilDecided(send);
    expect(again).toMatchObject({ ok: true });
    expect(await bookingsOf(residentId)).toHaveLength(1);
    expect(await send()).toEqual(again);
  });

  it('F2: after the commit, before the answer is done, and gives that answer when it is sent again', async () => {
    const residentId = residents[1] ?? '';
    const taken = Number(await seatsTaken());
    const send = await caller(residentId);
    const sprung = proxy.trap({ marked: residentId, on: 'COMMIT', stop: 'after' });
    const first = send();
    await killAt(sprung);
    expect(await first).toMatchObject({ ok: false });
    const rows = await bookingsOf(residentId);
    expect(rows).toMatchObject([{ slot: slots[0], booked: taken + 1 }]);
    await under.comeBack('service');
    const [stored] = await under.sql<{ reply: unknown }>(
      `SELECT reply FROM relay.idempotency WHERE reply->>'reservationId' = $1`,
      [rows[0]?.id],
    );
    expect(await askUntilDecided(send)).toEqual({ ok: true, value: stored?.reply });
    expect(await bookingsOf(residentId)).toEqual(rows);
  });
});

describe('a fact whose service is killed', () => {
  it('F3: after the commit, before it was published is told within 5 s of the restart, once', async () => {
    const residentId = residents[2] ?? '';
    await under.kill('service');
    const relay = new pg.Client({ connectionString: under.ownerUrl });
    await relay.connect();
    // As if another relay were at work: what is committed now waits.
    await relay.query(`SELECT pg_advisory_lock(hashtext('madoguchi-relay'))`);
    await under.comeBack('service');
    const answer = await askUntilDecided(await caller(residentId));
    if (!answer?.ok) throw new Error('not booked');
    const { reservationId } = answer.value;
    expect(await isPublished(reservationId)).toBe(false);
    await under.kill('service');
    await relay.end();
    await under.comeBack('service');
    await eventually('the fact to be told', () => isPublished(reservationId), 5_000);
    expect(await toldOf(reservationId)).toBe(1);
  });

  it('F4: after it was acknowledged, before it was marked as sent is known to the stream', async () => {
    const residentId = residents[3] ?? '';
    const sprung = proxy.trap({ on: MARKS_AS_SENT, stop: 'before' });
    const answer = await askUntilDecided(await caller(residentId));
    if (!answer?.ok) throw new Error('not booked');
    const { reservationId } = answer.value;
    await killAt(sprung);
    expect(await isPublished(reservationId)).toBe(false);
    expect(await toldOf(reservationId)).toBe(1);
    await under.comeBack('service');
    await eventually('the fact to be marked', () => isPublished(reservationId), 5_000);
    expect(await toldOf(reservationId)).toBe(1);
  });

  it('F5: the same past the window of deduplication is told twice, under one event id', async () => {
    const residentId = residents[4] ?? '';
    const manager = await under.connection.manager();
    const stream = streamOf('reservations');
    // A window of 120 s passed, in less time.
    await manager.streams.update(stream, { duplicate_window: 100 * NANOS_PER_MS });
    const sprung = proxy.trap({ on: MARKS_AS_SENT, stop: 'before' });
    const answer = await askUntilDecided(await caller(residentId));
    if (!answer?.ok) throw new Error('not booked');
    const { reservationId } = answer.value;
    await killAt(sprung);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await under.comeBack('service');
    await eventually('the fact to be marked', () => isPublished(reservationId), 5_000);
    expect(await toldOf(reservationId)).toBe(2);
    const events = await under.sql('SELECT event_id FROM relay.outbox WHERE aggregate_id = $1', [
      reservationId,
    ]);
    expect(events).toHaveLength(1);
  });
});

describe('a consumer that is killed', () => {
  it('F6: after its effect was committed, before it acknowledged does nothing when it comes again', async () => {
    const residentId = newId();
    const eventId = newId();
    const payload = {
      residents: [
        {
          residentId,
          version: 3,
          dateOfBirth: '1960-01-01',
          residency: [{ from: '1960-01-01', to: null }],
          refer: false,
        },
      ],
    };
    const sealed = under.eventKey.seal(payload, contract.residentsChanged.subject);
    const body = { eventId, aggregateId: residentId, aggregateVersion: 3, at: new Date() };
    const sprung = proxy.trap({ marked: residentId, on: 'COMMIT', stop: 'after' });
    await under.connection.jetstream.publish(
      contract.residentsChanged.subject,
      JSON.stringify({ ...body, payload: { sealed } }),
    );
    await killAt(sprung);
    const killedAt = performance.now();
    const copies = () =>
      under.sql('SELECT 1 FROM resident_copy WHERE resident_id = $1', [residentId]);
    expect(await copies()).toHaveLength(1);
    // Would come back if the effect were applied again.
    await under.sql('DELETE FROM resident_copy WHERE resident_id = $1', [residentId]);
    await under.comeBack('service');
    const manager = await under.connection.manager();
    await eventually(
      'the fact to be acknowledged',
      async () => {
        const { num_pending, num_ack_pending } = await manager.consumers.info(
          streamOf('registry'),
          'reservations-residents',
        );
        return num_pending + num_ack_pending === 0;
      },
      60_000,
    );
    // Signs of life wait behind it, and copies are too old after a minute without one.
    expect(performance.now() - killedAt).toBeLessThan(10_000);
    expect(await copies()).toEqual([]);
    expect(
      await under.sql('SELECT 1 FROM relay.inbox WHERE event_id = $1', [eventId]),
    ).toHaveLength(1);
  }, 90_000);
});
