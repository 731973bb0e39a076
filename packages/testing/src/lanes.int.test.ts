import type { Role } from '@madoguchi/contracts';
import { listReservations } from '@madoguchi/contracts';
import { newId, ok } from '@madoguchi/kernel';
import { defineService, job, operation } from '@madoguchi/service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestWorld } from './test-world.ts';
import { eventually, testWorld } from './test-world.ts';

let world: TestWorld;
let answeredBy: string[] = [];
let workedFor: string[] = [];
beforeEach(async () => {
  world = await testWorld();
  answeredBy = [];
  workedFor = [];
});
afterEach(() => world.stop());

/** A process that notes that it was the one who answered. */
const start = (lanes: 'all' | 'staff' | 'public') =>
  world.start(
    defineService({
      name: 'reservations',
      config: {},
      wire: () => [
        operation(listReservations, async () => {
          answeredBy.push(lanes);
          return ok({ reservations: [] });
        }),
        job('note', 10, async () => void workedFor.push(lanes)),
      ],
    }),
    { LANES: lanes },
  );

async function ask(role: Role) {
  const residentId = newId();
  const { id: operatorId, token: actorToken } = await world.actor(role);
  const purposes = [role === 'resident' ? ('web' as const) : ('reservation' as const)];
  const grant = await world.grant({ operatorId, role, residents: [residentId], purposes });
  return world.call(listReservations, { residentId }, { actorToken, grant });
}

describe('a process of its own for each lane', () => {
  it('answers its own lane and never the other', async () => {
    await start('staff');
    const forThePublic = await start('public');
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await ask('operator')).toMatchObject({ ok: true });
      expect(await ask('resident')).toMatchObject({ ok: true });
    }
    expect(answeredBy).toEqual(Array.from({ length: 5 }, () => ['staff', 'public']).flat());
    await forThePublic.stop();
    expect(await ask('resident')).toMatchObject({ refusal: { code: 'dependency_unavailable' } });
    expect(await ask('operator')).toMatchObject({ ok: true });
  });

  it('leaves jobs to the process of the operators', async () => {
    await start('public');
    await start('staff');
    await eventually('the job ran', async () => workedFor.length > 3);
    expect(new Set(workedFor)).toEqual(new Set(['staff']));
  });

  it('is not needed: one process answers both', async () => {
    await start('all');
    expect(await ask('operator')).toMatchObject({ ok: true });
    expect(await ask('resident')).toMatchObject({ ok: true });
    expect(answeredBy).toEqual(['all', 'all']);
  });
});
