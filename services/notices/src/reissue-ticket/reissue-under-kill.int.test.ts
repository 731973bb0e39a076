import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveTickets } from '../store/tickets.fixture.ts';
import { notices } from '../service.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

let world: TestWorld;
let process_: ChildProcess | undefined;

/** The service as a process of its own, so that it can be killed like one. */
async function startProcess(): Promise<void> {
  const child = fork(MAIN, [], { env: await world.environmentOf('notices'), execArgv: [] });
  process_ = child;
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}
async function kill(): Promise<void> {
  const child = process_;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

const ROUNDS = 6;
const residents = Array.from({ length: ROUNDS * 4 }, () => newId());

beforeAll(async () => {
  world = await testWorld();
  const seeding = await world.start(notices);
  await giveTickets(seeding.runtime, residents);
  await seeding.stop();
  await startProcess();
});
afterAll(async () => {
  await kill();
  await world.stop();
});

async function reissueOf(residentId: string) {
  const [row] = await world.sql<{ id: string }>(
    'notices',
    `SELECT id FROM ticket WHERE resident_id = $1 ORDER BY id LIMIT 1`,
    [residentId],
  );
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reissue'],
  });
  const request = { residentId, ticketId: row?.id ?? '', reason: 'lost-or-damaged' as const };
  return () =>
    world.call(contract.reissueTicket, request, {
      actorToken: operator.token,
      grant,
      idempotencyKey: `key-${residentId}`,
      deadline: Date.now() + 1_500,
    });
}

describe('a service that is killed while it reissues (F1–F4)', () => {
  it('makes one reissue per command, never two and never half', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const commands = await Promise.all(residents.slice(round * 4, round * 4 + 4).map(reissueOf));
      const first = Promise.all(commands.map((send) => send()));
      // Somewhere between the arrival of the command and the relay of its events.
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      await kill();
      await startProcess();
      const before = await first;
      for (const [place, send] of commands.entries()) {
        const answer = await eventually('an answer', async () => {
          const given = await send();
          return given.ok && given;
        });
        // An answer that did arrive before the kill is the answer for ever.
        if (before[place]?.ok) expect(answer).toEqual(before[place]);
      }
    }
    const states = await world.sql<{ states: string[] }>(
      'notices',
      `SELECT array_agg(state ORDER BY id) AS states FROM ticket GROUP BY resident_id`,
    );
    expect(states).toHaveLength(residents.length);
    for (const row of states) expect(row.states).toEqual(['void', 'issued']);
  });

  it('has told every fact, and numbered its audit entries without a gap', async () => {
    await eventually('an empty outbox', async () => {
      const waiting = await world.sql(
        'notices',
        'SELECT 1 FROM relay.outbox WHERE published_at IS NULL',
      );
      return waiting.length === 0;
    });
    const facts = await world.sql<{ subject: string; count: number }>(
      'notices',
      `SELECT subject, count(*)::int AS count FROM relay.outbox GROUP BY subject ORDER BY subject`,
    );
    expect(facts).toContainEqual({
      subject: contract.ticketVoided.subject,
      count: residents.length,
    });
    const lanes = await world.sql<{ entries: number; last: number }>(
      'notices',
      'SELECT count(*)::int AS entries, max(seq)::int AS last FROM relay.audit_entry GROUP BY lane',
    );
    for (const { entries, last } of lanes) expect(entries).toBe(last);
  });
});
