import type { AnyOperation, ContextDocument } from '@madoguchi/contracts';
import * as contract from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Call } from '@madoguchi/messaging';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Desk } from './desk.ts';

const residentId = '0196a1f0-0000-7000-8000-000000000001';
const answers: Record<string, () => unknown> = {
  'verify-person': () =>
    ok({
      outcome: 'verified',
      residentId,
      grant: 'g',
      grantExpiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  'reveal-resident': () => ok({ resident: {} }),
  'list-doses': () => ok({ doses: [] }),
  'list-tickets': () => ok({ tickets: [] }),
  'list-earlier-cases': () => ok({ cases: [] }),
};
const asked: string[] = [];
let shown: ContextDocument | undefined;
let desk: Desk;

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  const call = async ({ name }: AnyOperation) => {
    asked.push(name);
    return answers[name]?.() ?? refuse('not_found');
  };
  desk = new Desk({
    call: call as unknown as Call,
    actorToken: async () => 'a',
    emit: (document) => (shown = document),
  });
});
afterEach(() => vi.useRealTimers());

async function verify(): Promise<void> {
  const done = desk.verify(contract.verifyPerson, { purpose: 'reservation', items: {} });
  await vi.advanceTimersByTimeAsync(200);
  await done;
}

describe('a part whose owner is away', () => {
  it('is shown as soon as the owner is back, and the others are not asked again', async () => {
    answers['list-reservations'] = () => refuse('dependency_unavailable');
    await verify();
    expect(shown?.verified).toMatchObject({
      reservations: { state: 'unavailable' },
      doses: { state: 'ready' },
    });
    answers['list-reservations'] = () => refuse('deadline_exceeded');
    await vi.advanceTimersByTimeAsync(4_200);
    expect(shown?.verified?.reservations.state).toBe('unavailable');
    answers['list-reservations'] = () => ok({ reservations: [] });
    await vi.advanceTimersByTimeAsync(4_200);
    expect(shown?.verified?.reservations).toEqual({ state: 'ready', value: [] });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked.filter((name) => name === 'list-reservations')).toHaveLength(3);
    expect(asked.filter((name) => name === 'list-doses')).toHaveLength(1);
  });

  it('is not asked for again when it is not for this desk', async () => {
    answers['list-reservations'] = () => refuse('not_allowed');
    await verify();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked.filter((name) => name === 'list-reservations')).toHaveLength(1);
  });

  it('is not asked for again when the person has left the desk', async () => {
    answers['list-reservations'] = () => refuse('overloaded');
    await verify();
    answers['get-case'] = () => ok({ case: { caseId: residentId, state: 'open' } });
    await desk.refreshCase();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked.filter((name) => name === 'list-reservations')).toHaveLength(1);
  });
});
