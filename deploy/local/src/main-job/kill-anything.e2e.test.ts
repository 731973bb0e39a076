import { randomUUID } from 'node:crypto';
import { walkLog } from '@madoguchi/audit/verify-log/verify-log';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatorClient } from './operator-client.fixture.ts';
import { startProcesses } from './processes.fixture.ts';

let product: Awaited<ReturnType<typeof startProcesses>>;
let operator: OperatorClient;
const tomorrow = addDays(tokyoDate(new Date()), 1);

beforeAll(async () => {
  product = await startProcesses();
  operator = new OperatorClient(product.demo.url);
  const [person] = product.demo.signIns;
  if (!person) throw new Error('nobody to sign in as');
  await operator.signIn(person);
  await operator.follow();
});
afterAll(async () => {
  operator.leave();
  await product.stop();
});

const until = async <T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const value = await attempt().catch(() => undefined);
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`in vain: ${what}\n${product.output().slice(-2000)}`);
};

/** Sends a command again under its key, as a person would press again, until it is decided. */
const decided = (path: string, body: unknown, key: string) =>
  until(`${path} decided`, async () => {
    const answer = await operator.post(path, body, key);
    const open =
      answer.status >= 500 ||
      answer.body['code'] === 'idempotency_in_flight' ||
      answer.status === 401;
    if (answer.status >= 500) expect(answer.status).toBe(503);
    return open ? undefined : answer;
  });

const serve = async (index: number, purpose: string): Promise<string> => {
  const caller = product.demo.callers.filter((one) => one.kind === 'ordinary')[index];
  if (!caller) throw new Error('nobody to call as');
  await until('a case', async () => {
    const opened = await operator.post('/cases', { reason: '障害試験のため手で案件を開きます' });
    return opened.status === 200 ? opened : undefined;
  });
  const verified = await until('verified', async () => {
    const items = {
      name: caller.nameKana,
      dateOfBirth: caller.dateOfBirth,
      address: caller.address,
    };
    const answer = await operator.post('/case/verify', { purpose, items });
    return answer.body['outcome'] === 'confirmed' ? answer : undefined;
  });
  return String(verified.body['residentId']);
};

/** Kills one part a few milliseconds into the work. */
const killWhile = async <T>(
  victim: string,
  work: () => Promise<T>,
  ofPublic = false,
): Promise<T> => {
  const doing = work();
  await new Promise((resolve) => setTimeout(resolve, Math.floor(Math.random() * 15)));
  product.kill(victim, { ofPublic });
  return doing;
};

describe('kill -9 in the middle of a booking (F1–F4, F6, F8, F16)', () => {
  it.each(['reservations', 'NATS', 'PostgreSQL'].map((victim, index) => [victim, index] as const))(
    'of %s leaves one booking, or a clear refusal',
    async (victim, index) => {
      const residentId = await serve(index, 'reservation');
      const found = await until('slots', async () => {
        const answer = await operator.send('POST', '/slots/search', {
          residentId,
          doseNumber: 1,
          from: addDays(tomorrow, index),
          to: addDays(tomorrow, index + 3),
        });
        return answer.status === 200 ? answer : undefined;
      });
      const [slot] = found.body['slots'] as { slotId: string }[];
      const body = { residentId, doseNumber: 1, slotId: slot?.slotId };
      const key = randomUUID();
      const answer = await killWhile(victim, () => decided('/reservations', body, key));
      expect(answer).toMatchObject({ status: 200 });
      const again = await decided('/reservations', body, key);
      expect(again.body).toEqual(answer.body);
      const rows = await product.sql<{ state: string }>(
        'reservations',
        'SELECT state FROM reservation WHERE resident_id = $1',
        [residentId],
      );
      expect(rows).toEqual([{ state: 'booked' }]);
      const [counts] = await product.sql<{ booked: number; held: number }>(
        'reservations',
        'SELECT booked, held FROM slot WHERE id = $1',
        [slot?.slotId],
      );
      expect(counts).toEqual({ booked: 1, held: 0 });
    },
  );
});

describe('kill -9 of the process that serves the public, and carries the facts of both (F3, F4)', () => {
  it('keeps nobody waiting at the console, and tells what was booked once it is back', async () => {
    const residentId = await serve(3, 'reservation');
    const found = await until('slots', async () => {
      const days = { from: addDays(tomorrow, 4), to: addDays(tomorrow, 7) };
      const asked = { residentId, doseNumber: 1, ...days };
      const answer = await operator.send('POST', '/slots/search', asked);
      return answer.status === 200 ? answer : undefined;
    });
    const [slot] = found.body['slots'] as { slotId: string }[];
    const body = { residentId, doseNumber: 1, slotId: slot?.slotId };
    const started = performance.now();
    const booked = await killWhile(
      'reservations',
      () => operator.post('/reservations', body, randomUUID()),
      true,
    );
    expect(booked).toMatchObject({ status: 200 });
    expect(performance.now() - started).toBeLessThan(5_000);
    const reservationId = String(booked.body['reservationId']);
    await until('the fact is told', async () => {
      const [fact] = await product.sql<{ told: boolean }>(
        'reservations',
        'SELECT published_at IS NOT NULL AS told FROM relay.outbox WHERE aggregate_id = $1',
        [reservationId],
      );
      return fact?.told || undefined;
    });
  });
});

describe('kill -9 in the middle of a reissue', () => {
  it('of notices leaves one new ticket and one void one', async () => {
    const residentId = await serve(3, 'reissue');
    const [ticket] = await product.sql<{ id: string }>(
      'notices',
      `SELECT id FROM ticket WHERE resident_id = $1 AND state = 'issued'`,
      [residentId],
    );
    const body = { residentId, ticketId: ticket?.id, reason: 'lost-or-damaged' };
    const key = randomUUID();
    const answer = await killWhile('notices', () => decided('/tickets/reissue', body, key));
    expect(answer).toMatchObject({ status: 200 });
    const rows = await product.sql<{ state: string }>(
      'notices',
      'SELECT state FROM ticket WHERE resident_id = $1 ORDER BY state',
      [residentId],
    );
    expect(rows).toEqual([{ state: 'issued' }, { state: 'void' }]);
    await until('the ledger has the reissue', async () => {
      const entries = await product.sql(
        'health-records',
        `SELECT 1 FROM ticket_ledger_entry WHERE resident_id = $1`,
        [residentId],
      );
      return entries.length >= 3 ? entries : undefined;
    });
  });
});

describe('after all of it', () => {
  it('events are applied, and the audit log is whole', async () => {
    await until('outboxes are drained', async () => {
      const waiting = await Promise.all(
        ['reservations', 'notices', 'calls', 'registry', 'staff'].map((service) =>
          product.sql<{ n: number }>(
            service,
            `SELECT ((SELECT count(*) FROM relay.outbox WHERE published_at IS NULL) + (SELECT count(*) FROM relay.audit_entry WHERE relayed_at IS NULL))::int AS n`,
          ),
        ),
      );
      return waiting.every(([row]) => row?.n === 0) || undefined;
    });
    const written = await product.sql<{ last: string }>(
      'reservations',
      'SELECT sum(last) AS last FROM relay.audit_lane',
    );
    await until('every entry is in the log', async () => {
      const [row] = await product.sql<{ last: string }>(
        'audit',
        `SELECT count(*) AS last FROM log_entry WHERE writer = 'reservations'`,
      );
      return row?.last === written[0]?.last || undefined;
    });
    expect(await walkLog(product.databaseUrl('audit'))).toMatchObject({
      whole: true,
      findings: [],
    });
  });
});
