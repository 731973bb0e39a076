import * as contract from '@madoguchi/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../domain/thresholds.ts';
import type { Desk, RegistryWorld } from '../store/registry-world.fixture.ts';
import { registryWorld } from '../store/registry-world.fixture.ts';

let time = Date.parse('2026-11-24T01:00:00Z');
let world: RegistryWorld;
beforeAll(async () => {
  world = await registryWorld({ now: () => new Date(time) });
});
afterAll(() => world.stop());

/** Each test on its own day, so that the day's limits do not run into each other. */
const nextDay = (): void => void (time += 86_400_000);

const hanako = { name: 'わたなべはなこ', dateOfBirth: '昭和39年3月5日', address: '西葛西6-23-1' };
const sachiko = { name: '佐藤幸子', dateOfBirth: 'S55.2.29', address: '平井1-2-3' };
const ichiro = { name: '鈴木一郎', dateOfBirth: 'S45.10.10', address: '船堀3-4-5' };
const stranger = { name: '山田幸子', dateOfBirth: 'S55.2.28', address: '平井1-2-4' };

async function verify(
  desk: Desk,
  items: Record<string, string>,
  purpose: contract.Purpose = 'reservation',
) {
  const answer = await world.call(contract.verifyPerson, { purpose, items }, desk);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}
const reveal = (desk: Desk, grant: string, residentId: string) =>
  world.call(contract.revealResident, { residentId, purpose: 'reservation' }, { ...desk, grant });

describe('verification', () => {
  it('opens the record at the threshold, limited to what the purpose needs', async () => {
    const desk = await world.desk();
    const answer = await verify(desk, hanako);
    const id = await world.idOf('0000000001');
    expect(answer).toMatchObject({ outcome: 'confirmed', residentId: id });
    const revealed = await reveal(desk, answer.grant ?? '', id);
    expect(revealed).toMatchObject({
      ok: true,
      value: { resident: { name: '渡邉　花子', address: '西葛西', telephones: ['…5678'] } },
    });
    const shown = revealed.ok ? revealed.value.resident : {};
    for (const hidden of ['addresseeNumber', 'buildingLine', 'restrictions', 'remarks'])
      expect(shown).not.toHaveProperty(hidden);
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
    expect(entries).toMatchObject([
      { action: 'verification', residents: [id], purpose: 'reservation' },
      {
        action: 'disclosure',
        residents: [id],
        fieldClasses: expect.arrayContaining(['name', 'birth']),
      },
    ]);
  });

  it('never shows another resident, purpose or operator with that grant', async () => {
    nextDay();
    const desk = await world.desk();
    const { grant = '', residentId = '' } = await verify(desk, hanako);
    const other = await world.idOf('0000000003');
    expect(await reveal(desk, grant, other)).toMatchObject({ refusal: { code: 'grant_required' } });
    expect(await reveal(await world.desk(), grant, residentId)).toMatchObject({
      refusal: { code: 'grant_required' },
    });
    expect(
      await world.call(
        contract.revealResident,
        { residentId, purpose: 'application' },
        { ...desk, grant },
      ),
    ).toMatchObject({ refusal: { code: 'purpose_not_allowed' } });
    expect(
      await world.call(contract.revealResident, { residentId, purpose: 'reservation' }, desk),
    ).toMatchObject({ refusal: { code: 'grant_required' } });
  });

  it('answers protected, household mate, moved-away and dead as it answers the unknown', async () => {
    nextDay();
    const shapes = [];
    const mate = { name: 'さとうつばさ', dateOfBirth: 'H22.7.7', address: '平井1-2-3' };
    const dead = { name: '高橋清', dateOfBirth: 'S15.1.1', address: '小松川1-1-1' };
    for (const items of [stranger, sachiko, mate, dead]) {
      const desk = await world.desk();
      const answer = await verify(desk, items);
      const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
      shapes.push({
        answer,
        entries: entries.map(({ action, outcome, residents, detail, fieldClasses }) => ({
          action,
          outcome,
          residents,
          detail,
          fieldClasses,
        })),
      });
    }
    expect(shapes[0]?.answer).toMatchObject({ outcome: 'not-confirmed', triesLeft: 2 });
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    const { address: _, ...less } = ichiro;
    const { address: __, ...unknown } = stranger;
    expect(await verify(await world.desk(), less)).toEqual(
      await verify(await world.desk(), unknown),
    );
  });

  it('tells one who moved away whom to ask, past the threshold only, and opens nothing', async () => {
    nextDay();
    const answer = await verify(await world.desk(), ichiro);
    expect(answer).toMatchObject({ outcome: 'moved-away', municipalityToAsk: '千葉県市川市' });
    expect(answer).not.toHaveProperty('grant');
    expect(answer).not.toHaveProperty('residentId');
  });

  it('closes the case after three failed tries, even for the right answer', async () => {
    nextDay();
    const desk = await world.desk();
    const outcomes = [];
    for (const day of ['6', '7', '8'])
      outcomes.push(
        (await verify(desk, { ...hanako, dateOfBirth: `S39.3.${day}`, address: `平井1-1-${day}` }))
          .outcome,
      );
    expect(outcomes).toEqual(['not-confirmed', 'not-confirmed', 'closed']);
    expect(await verify(desk, hanako)).toMatchObject({ outcome: 'closed', triesLeft: 0 });
    expect(await verify(await world.desk(), hanako)).toMatchObject({ outcome: 'confirmed' });
  });

  it('cannot be raced past the tries of a case', async () => {
    nextDay();
    const desk = await world.desk();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, day) =>
        verify(desk, { ...hanako, dateOfBirth: `S39.4.${day + 1}`, address: `平井1-1-${day + 1}` }),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === 'not-confirmed')).toHaveLength(2);
    expect(answers.filter(({ outcome }) => outcome === 'closed')).toHaveLength(8);
  });

  it('limits the tries at one person over all cases and operators', async () => {
    nextDay();
    for (let attempt = 0; attempt < LIMITS.perPersonAndDay; attempt += 1)
      await verify(await world.desk(), { ...hanako, dateOfBirth: `S39.5.${attempt + 1}` });
    expect(await verify(await world.desk(), hanako)).toMatchObject({ outcome: 'closed' });
    nextDay();
    expect(await verify(await world.desk(), hanako)).toMatchObject({ outcome: 'confirmed' });
  });

  it('asks for more without counting it as a failure', async () => {
    nextDay();
    const desk = await world.desk();
    const { address: _, ...less } = hanako;
    expect(await verify(desk, less)).toMatchObject({
      outcome: 'more-needed',
      askFor: ['ticketNumber', 'address', 'telephone'],
      triesLeft: 3,
    });
    expect(await verify(desk, { name: '渡辺花子' })).toMatchObject({ outcome: 'more-needed' });
    expect(
      await verify(await world.desk('operator', { number: '09012345678' }), less),
    ).toMatchObject({ outcome: 'confirmed', items: { telephone: 'match' } });
  });

  it('refuses purposes that open nobody, and leaves a trace of it', async () => {
    const desk = await world.desk();
    for (const purpose of ['inquiry', 'keypad', 'claim-review'] as const)
      expect(
        await world.call(contract.verifyPerson, { purpose, items: hanako }, desk),
      ).toMatchObject({ refusal: { code: 'purpose_not_allowed' } });
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
    expect(entries).toHaveLength(3);
  });

  it('ends its grants with the case', async () => {
    nextDay();
    const desk = await world.desk();
    const { grant = '', residentId = '' } = await verify(desk, hanako);
    const renewed = await world.call(contract.renewGrant, {}, { ...desk, grant });
    expect(renewed.ok).toBe(true);
    world.connection.nats.publish(
      contract.signalSubjects.caseEnded,
      JSON.stringify({ caseId: desk.caseId }),
    );
    await world.connection.nats.flush();
    expect(await reveal(desk, grant, residentId)).toMatchObject({
      refusal: { code: 'case_required' },
    });
    const withoutPermit = { actorToken: desk.actorToken, grant };
    expect(
      await world.call(
        contract.revealResident,
        { residentId, purpose: 'reservation' },
        withoutPermit,
      ),
    ).toMatchObject({ refusal: { code: 'grant_required' } });
    expect((await world.call(contract.renewGrant, {}, { ...desk, grant })).ok).toBe(false);
  });
});

describe('the number of a call', () => {
  it.each([
    ['09012345678', true],
    ['08011112222', false],
    ['07033334444', false],
    ['0399999999', false],
    [undefined, false],
  ])('%s is on record: %s', async (number, onRecord) => {
    const desk = await world.desk('operator', number === undefined ? {} : { number });
    expect(await world.call(contract.numberOnRecord, {}, desk)).toEqual({
      ok: true,
      value: { onRecord },
    });
  });
});
