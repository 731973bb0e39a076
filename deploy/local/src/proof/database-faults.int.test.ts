import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newResidents, serve } from './callers.ts';
import { fillCity } from './city-of-slots.ts';
import { killCampaign } from './kill-campaign.ts';
import type { KillableService } from './killable-service.ts';
import { killableService } from './killable-service.ts';

const POOL = 8;
const MOST_CONNECTIONS = 24;
let under: KillableService;
let slots: string[];
const residents = newResidents(100);
let next = 0;

beforeAll(async () => {
  under = await killableService({
    prepare: async (ownerUrl) => {
      slots = await fillCity(ownerUrl, { residents, seats: [50, 50, 50] });
    },
    settings: [`max_connections=${MOST_CONNECTIONS}`],
    environment: { DATABASE_POOL_SIZE: String(POOL) },
  });
}, 60_000);
afterAll(() => under.stop());

/** Some residents ask for a hold of one slot, all at once. */
async function holds(count: number, slotId: string) {
  const asking = residents.slice(next, (next += count)).map(async (residentId) => {
    const { me } = await serve(under.tokens, residentId);
    const command = { residentId, doseNumber: 1, slotId };
    const started = performance.now();
    const answer = await under.call(contract.holdSlot, command, { ...me, idempotencyKey: newId() });
    return {
      code: answer.ok ? 'ok' : answer.refusal.code,
      retryAfterMs: answer.ok
        ? undefined
        : (answer.refusal.details as { retryAfterMs?: number })?.retryAfterMs,
      ms: performance.now() - started,
    };
  });
  return Promise.all(asking);
}

const sessions = (state: string) =>
  under.sql(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'madoguchi-reservations' AND state LIKE $1`,
    [state],
  );

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('F16: PostgreSQL is killed under load', () => {
  it('answers nothing but 503, resumes within 5 s, loses nothing acknowledged', async () => {
    const result = await killCampaign({
      seconds: 15,
      callersPerSecond: 100,
      victims: ['PostgreSQL'],
      lives: [2_000, 4_000],
    });
    expect(result).toMatchObject({ undecided: 0, internal_faults: 0, checker_exit_code: 0 });
    expect(result['kills_postgresql']).toBeGreaterThanOrEqual(2);
    expect(result['resume_max_ms']).toBeLessThan(5_000);
  }, 180_000);
});

describe('F17: PostgreSQL restarts fast', () => {
  it('breaks off what is open, which is answered with 503 and done when it is sent again', async () => {
    const result = await killCampaign({
      seconds: 15,
      callersPerSecond: 100,
      victims: ['PostgreSQL'],
      lives: [2_000, 4_000],
      inGoodOrder: true,
    });
    expect(result).toMatchObject({ undecided: 0, internal_faults: 0, checker_exit_code: 0 });
    expect(result['kills_postgresql']).toBeGreaterThanOrEqual(2);
    expect(result['resume_max_ms']).toBeLessThan(5_000);
  }, 180_000);
});

describe('F19: connections run out', () => {
  it('waits for one of its own no longer than 2 s, then says 503; nothing leaks', async () => {
    const [slotId = ''] = slots;
    const answers = await withClient(under.ownerUrl, async (beside) => {
      await beside.query('BEGIN');
      await beside.query('SELECT 1 FROM slot WHERE id = $1 FOR UPDATE', [slotId]);
      const asked = holds(3 * POOL, slotId);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      await beside.query('ROLLBACK');
      return asked;
    });
    const refused = answers.filter(({ code }) => code !== 'ok');
    expect(refused.length).toBeGreaterThanOrEqual(2 * POOL);
    for (const { code, ms, retryAfterMs } of refused) {
      expect(code).toBe('dependency_unavailable');
      expect(ms).toBeLessThan(3_000);
      expect(retryAfterMs).toBeGreaterThan(0);
    }
    expect(answers.length - refused.length).toBeGreaterThan(0);
    expect(await sessions('idle in transaction%')).toEqual([]);
    for (const { code } of await holds(POOL, slotId)) expect(code).toBe('ok');
  });

  it('says 503 at once when the server has none left, and works again when it has', async () => {
    const slotId = slots[1] ?? '';
    // Its connections are all ended, and others take every place.
    const others: pg.Client[] = [];
    await under.kill('service');
    await under.comeBack('service');
    for (;;) {
      const client = new pg.Client({ connectionString: under.appUrl });
      client.on('error', () => undefined);
      const full = await client.connect().then(
        () => false,
        (error: { code?: string }) => error.code === '53300',
      );
      if (full) break;
      others.push(client);
    }
    const answers = await holds(3 * POOL, slotId);
    await Promise.all(others.map((client) => client.end()));
    const refused = answers.filter(({ code }) => code !== 'ok');
    expect(refused.length).toBeGreaterThan(0);
    for (const { code, ms } of refused) {
      expect(code).toBe('dependency_unavailable');
      expect(ms).toBeLessThan(3_000);
    }
    await eventually('it works again', async () => {
      const [answer] = await holds(1, slotId);
      return answer?.code === 'ok';
    });
    expect(await sessions('idle in transaction%')).toEqual([]);
    expect((await sessions('%')).length).toBeLessThanOrEqual(POOL);
  });
});

describe('F20: two wait for each other', () => {
  // One alone, and one in a batch.
  it.each([contract.holdSlot, contract.bookSlot])(
    'does $name again that PostgreSQL broke off',
    async (taking) => {
      const slotId = slots[2] ?? '';
      const residentId = residents[next++] ?? '';
      const { me } = await serve(under.tokens, residentId);
      const answer = await withClient(under.ownerUrl, async (beside) => {
        await beside.query('BEGIN');
        // This side finds the deadlock later than the other, which therefore is the one to go.
        await beside.query(`SET LOCAL deadlock_timeout = '20s'`);
        await beside.query('SELECT 1 FROM slot WHERE id = $1 FOR UPDATE', [slotId]);
        const asked = under.call(
          taking,
          { residentId, doseNumber: 1, slotId },
          { ...me, idempotencyKey: newId() },
        );
        await eventually('the command to wait for the slot', async () => {
          const waiting = await under.sql(
            `SELECT 1 FROM pg_stat_activity WHERE application_name = 'madoguchi-reservations'
             AND wait_event_type = 'Lock'`,
          );
          return waiting.length > 0;
        });
        await beside.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 31))', [residentId]);
        await beside.query('COMMIT');
        return asked;
      });
      expect(answer).toMatchObject({ ok: true });
      const [server] = await under.sql<{ deadlocks: string }>(
        'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
      );
      expect(Number(server?.deadlocks)).toBeGreaterThanOrEqual(1);
    },
  );
});
