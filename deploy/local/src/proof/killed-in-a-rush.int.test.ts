import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { checkRecord } from '@madoguchi/testing/check-record';
import { recordCalls } from '@madoguchi/testing/record-calls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askUntilDecided } from './ask-until-decided.ts';
import { newResidents, serve } from './callers.ts';
import { fillCity } from './city-of-slots.ts';
import type { KillableService } from './killable-service.ts';
import { killableService } from './killable-service.ts';

const PER_SECOND = 600;
const SECONDS = 5;
const KILLED_AFTER_MS = 2_000;
const SLOTS = 20;
const residents = newResidents(PER_SECOND * SECONDS);
let under: KillableService;
let slots: string[];

beforeAll(async () => {
  under = await killableService({
    prepare: async (ownerUrl) => {
      const seats = Array.from({ length: SLOTS }, () => residents.length / SLOTS);
      slots = await fillCity(ownerUrl, { residents, seats });
    },
  });
}, 60_000);
afterAll(() => under.stop());

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

it('F16: PostgreSQL killed under 600 bookings a second: 503 with a time to come back, back within 5 s, none lost', async () => {
  const recorder = recordCalls(join(tmpdir(), `madoguchi-rush-${newId()}.ndjson`));
  const call = recorder.wrap(under.call);
  const callers = await Promise.all(residents.map((one) => serve(under.tokens, one)));
  const answers: { at: number; code: string; retryAfterMs: unknown }[] = [];
  const book = (index: number) => {
    const caller = callers[index];
    if (!caller) throw new Error('nobody');
    const context = { ...caller.me, idempotencyKey: newId() };
    const slotId = slots[index % SLOTS] ?? '';
    const request = { residentId: caller.residentId, doseNumber: 1, slotId };
    return askUntilDecided(async () => {
      const answer = await call(contract.bookSlot, request, context);
      const { code, details } = answer.ok ? { code: 'ok', details: {} } : answer.refusal;
      const { retryAfterMs } = { retryAfterMs: undefined, ...details };
      answers.push({ at: Date.now(), code, retryAfterMs });
      return answer;
    });
  };
  const started = Date.now();
  const killing = pause(KILLED_AFTER_MS).then(async () => {
    await under.kill('PostgreSQL');
    const killedAt = Date.now();
    await under.comeBack('PostgreSQL');
    return { killedAt, backAt: Date.now() };
  });
  const booking: ReturnType<typeof book>[] = [];
  for (const index of residents.keys()) {
    await pause(started + (index * 1_000) / PER_SECOND - Date.now());
    booking.push(book(index));
  }
  const decided = await Promise.all(booking);
  const { killedAt, backAt } = await killing;
  expect(decided.filter((one) => one?.ok !== true)).toEqual([]);
  const refused = answers.filter(({ code }) => code !== 'ok');
  expect(refused.filter(({ at }) => at >= killedAt).length).toBeGreaterThan(0);
  for (const { code, retryAfterMs } of refused) {
    expect(contract.REFUSALS[code as contract.RefusalCode].status).toBe(503);
    expect(retryAfterMs).toBeGreaterThan(0);
  }
  const next = answers.find(({ at, code }) => at > backAt && code === 'ok');
  expect((next?.at ?? Number.POSITIVE_INFINITY) - backAt).toBeLessThan(5_000);
  await recorder.close();
  const verdict = await checkRecord(recorder.path, under.ownerUrl);
  expect(verdict).toMatchObject({ exitCode: 0, findings: [] });
  expect(verdict.summary['bookings']).toBe(residents.length);
  await rm(recorder.path);
}, 120_000);
