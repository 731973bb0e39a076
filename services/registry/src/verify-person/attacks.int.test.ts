import * as contract from '@madoguchi/contracts';
import { composeOcrLine, newId } from '@madoguchi/kernel';
import { MUNICIPALITY } from '@madoguchi/testing/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, SEARCH_LIMITS } from '../domain/thresholds.ts';
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

/** Cases of one operator. */
async function casesOf(operator: { id: string; token: string }, count: number): Promise<Desk[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { token: permit, caseId } = await world.permit(operator.id);
      return { actorToken: operator.token, permit, caseId, operatorId: operator.id };
    }),
  );
}
const outcomeOf = async (desk: Desk, items: Record<string, string>): Promise<string> => {
  const answer = await world.call(contract.verifyPerson, { purpose: 'reservation', items }, desk);
  return answer.ok ? answer.value.outcome : answer.refusal.code;
};

describe('an id that is not for this eye', () => {
  /** A grant as if it had been given before: for everybody here, of every purpose of a call. */
  const asked = async (residentId: string) => {
    const desk = await world.desk();
    const grant = await world.grant({
      caseId: desk.caseId,
      operatorId: desk.operatorId,
      residents: [residentId],
      purposes: ['reissue'],
    });
    const context = { ...desk, grant };
    const today = new Date(time).toISOString().slice(0, 10);
    const answers = [
      await world.call(contract.revealResident, { residentId, purpose: 'reissue' }, context),
      await world.call(contract.residencyOn, { residentId, on: today }, context),
      await world.call(contract.recipientForPrint, { residentId }, context),
      await world.call(contract.renewGrant, {}, context),
    ];
    const entries = (await world.audit()).filter((entry) => entry['caseId'] === desk.caseId);
    return {
      answers,
      text: JSON.stringify(answers).replaceAll(residentId, 'ID'),
      entries: entries.map(({ action, operation, outcome, residents, detail }) => ({
        action,
        operation,
        outcome,
        detail,
        residents: (residents as string[]).map((id) => (id === residentId ? 'ID' : id)),
      })),
    };
  };

  it('B1, B57: answers alike, whoever it is and whether there is anybody, and leaves the same trace', async () => {
    const [nobody, elsewhere, hidden, mate] = [
      await asked(newId()),
      await asked(await ofAnotherMunicipality()),
      await asked(await world.idOf('0000000002')),
      await asked(await world.idOf('0000000003')),
    ];
    expect(nobody.answers.map((answer) => answer.ok)).toEqual([false, false, false, false]);
    expect(nobody.entries.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'refused'),
    );
    for (const other of [elsewhere, hidden, mate]) {
      expect(other.text).toBe(nobody.text);
      expect(other.entries).toEqual(nobody.entries);
    }
  });

  async function ofAnotherMunicipality(): Promise<string> {
    const [row] = await world.sql<{ id: string }>(
      'registry',
      `INSERT INTO resident SELECT (r).* FROM (
         SELECT jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),
           'municipality_code', '131229', 'addressee_number', '9000000001')) AS r
         FROM resident r WHERE addressee_number = '0000000001') AS copied RETURNING id`,
    );
    return row?.id ?? '';
  }

  it('B57: a restriction is taken for whoever is named, and tells nothing of who that is', async () => {
    const restrict = async (residentId: string) => {
      const desk = await world.desk();
      const { caseId, operatorId } = desk;
      const grant = await world.grant({
        caseId,
        operatorId,
        residents: [residentId],
        purposes: ['reservation'],
      });
      const reason = '本人から支援措置の申し出がありました';
      return world.call(contract.restrictResident, { residentId, reason }, { ...desk, grant });
    };
    const answer = await restrict(newId());
    expect(await restrict(await world.idOf('0000000002'))).toEqual(answer);
  });
});

describe('fields that are not asked for', () => {
  it.each([
    ['restrictions', { restrictions: '支援措置' }],
    ['a filter', { 'name[like]': '%' }],
    ['an order', { name: '渡辺', orderBy: 'restrictions' }],
  ])(
    'B2: %s are refused by search and by verification, without their values',
    async (_what, items) => {
      nextDay();
      for (const operation of [contract.searchCandidates, contract.verifyPerson]) {
        const desk = await world.desk();
        const answer = await world.call(
          operation,
          { purpose: 'reservation', items } as never,
          desk,
        );
        expect(answer).toMatchObject({ ok: false, refusal: { code: 'malformed_request' } });
        expect(JSON.stringify(answer)).not.toContain('支援措置');
      }
    },
  );
});

describe('days that are none', () => {
  it.each([
    ['2月30日', 'unreadable'],
    ['1964-02-30', 'unreadable'],
    ['令和39年3月5日', undefined],
    ['昭和1964年3月5日', undefined],
    ['9999-12-31', 'unreadable'],
    ['1868-01-01', 'no-match'],
    ['1964-03-05T24:00:00+09:00', undefined],
    ['1964-03-04T15:00:00Z', undefined],
    ['1964-03-05 24:00', undefined],
    ['-1964-03-05', undefined],
    ['0', 'unreadable'],
  ])('B51: %s is read as it is, or not at all', async (dateOfBirth, expected) => {
    nextDay();
    const items = { ...hanako, ticketNumber: '0000000001', dateOfBirth };
    const answer = await world.call(
      contract.verifyPerson,
      { purpose: 'reservation', items },
      await world.desk(),
    );
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(['unreadable', 'no-match']).toContain(answer.value.items.dateOfBirth);
    if (expected !== undefined) expect(answer.value.items.dateOfBirth).toBe(expected);
    expect(answer.value.outcome).not.toBe('confirmed');
  });

  it.each([
    ['9999-12-31', 'future'],
    ['昭和64年1月8日', 'outside-era'],
    ['1964-02-30', 'no-such-day'],
    ['昭和三十九年', 'year-only'],
    ['三月五日', 'unreadable'],
  ])('%s is told as %s, and costs no try', async (dateOfBirth, dateOfBirthFault) => {
    nextDay();
    const desk = await world.desk();
    const { name, address } = hanako;
    const items = { name, address, dateOfBirth };
    const verified = await world.call(
      contract.verifyPerson,
      { purpose: 'reservation', items },
      desk,
    );
    expect(verified).toMatchObject({
      value: {
        outcome: 'more-needed',
        items: { dateOfBirth: 'unreadable' },
        dateOfBirthFault,
        triesLeft: LIMITS.triesPerCase,
      },
    });
  });

  it('a day ahead is told in a search too, and nobody is looked for by it', async () => {
    nextDay();
    const items = { name: hanako.name, dateOfBirth: '2099年1月1日' };
    const found = await world.call(
      contract.searchCandidates,
      { purpose: 'reservation', items },
      await world.desk(),
    );
    expect(found).toMatchObject({
      value: { unreadable: ['dateOfBirth'], dateOfBirthFault: 'future' },
    });
  });

  it.each(['S39.3.5', '昭和39年3月5日', '昭和三十九年三月五日', '1964/3/5', '１９６４０３０５'])(
    'B51: and %s is one day exactly',
    async (dateOfBirth) => {
      nextDay();
      expect(await outcomeOf(await world.desk(), { ...hanako, dateOfBirth })).toBe('confirmed');
    },
  );
});

describe('B27: a ticket that is not the caller’s', () => {
  const ticketNumber = '0000054321';
  const line = (municipalityCode: string) =>
    composeOcrLine({ ticketType: '2', doseNumber: 1, municipalityCode, ticketNumber });
  const asked = async (items: Record<string, string>) => {
    const desk = await world.desk();
    const answer = await world.call(contract.verifyPerson, { purpose: 'reservation', items }, desk);
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { outcome, items: told, grant } = answer.value;
    return { outcome, ticket: told.ticketNumber, opened: grant !== undefined };
  };

  it('opens nobody: no number, another city’s, a wrong check digit, or another birth date', async () => {
    nextDay();
    await world.sql(
      'registry',
      `INSERT INTO ticket_copy (ticket_id, resident_id, ticket_number, state, version) VALUES ($1, $2, $3, 'issued', 1)`,
      [newId(), await world.idOf('0000000001'), ticketNumber],
    );
    const { name, dateOfBirth } = hanako;
    const withTicket = (typed: string, birth = dateOfBirth) =>
      asked({ name, dateOfBirth: birth, ticketNumber: typed });
    const opened = { outcome: 'confirmed', ticket: 'match', opened: true };
    expect(await withTicket(ticketNumber)).toEqual(opened);
    expect(await withTicket(line(MUNICIPALITY))).toEqual(opened);
    expect(await withTicket('0000000000')).toMatchObject({ opened: false });
    // Shinjuku's ticket of the same number is somebody else's.
    for (const elsewhere of ['131041', '999999', `${MUNICIPALITY.slice(0, 5)}0`])
      expect(await withTicket(line(elsewhere)), elsewhere).toMatchObject({
        ticket: 'unreadable',
        opened: false,
      });
    expect(await withTicket(ticketNumber, '昭和39年3月6日')).toMatchObject({ opened: false });
  });
});

describe('going through numbers', () => {
  it('B31: of tickets ends for that operator, and for no other', async () => {
    nextDay();
    const operator = await world.actor('operator');
    const desks = await casesOf(operator, LIMITS.perOperatorAndDay + 1);
    const outcomes: string[] = [];
    for (const [index, desk] of desks.entries())
      outcomes.push(
        await outcomeOf(desk, {
          name: `タナカ${'アイウエオカキクケコサシスセソタチツテトナ'.at(index)}`,
          dateOfBirth: `1950-01-${String(index + 1).padStart(2, '0')}`,
          ticketNumber: String(4_000_000 + index).padStart(10, '0'),
        }),
      );
    expect(outcomes.slice(0, -1).every((outcome) => outcome === 'not-confirmed')).toBe(true);
    expect(outcomes.at(-1)).toBe('closed');
    const [again] = await casesOf(operator, 1);
    if (again) expect(await outcomeOf(again, hanako)).toBe('closed');
    const last = (await world.audit()).filter((entry) => entry['actorId'] === operator.id).at(-1);
    expect(last).toMatchObject({ outcome: 'refused', detail: { limit: 'operator' } });
    expect(await outcomeOf(await world.desk(), hanako)).toBe('confirmed');
  });

  it('B31: of the register ends with the case, and with the operator’s day', async () => {
    nextDay();
    const operator = await world.actor('operator');
    const [first, second] = await casesOf(operator, 2);
    const search = async (desk: Desk | undefined, number: number) => {
      const items = { addresseeNumber: String(number).padStart(10, '0') };
      const asked = { purpose: 'reservation' as const, items };
      const answer = await world.call(contract.searchCandidates, asked, desk ?? {});
      return answer.ok ? answer.value.outcome : answer.refusal.code;
    };
    for (let number = 10; number < 10 + SEARCH_LIMITS.perCase; number += 1)
      expect(await search(first, number)).toBe('none');
    expect(await search(first, 1)).toBe('closed');
    expect(await search(second, 1)).toBe('candidates');
    await world.sql('registry', `UPDATE search_count SET times = $1 WHERE counted = $2`, [
      SEARCH_LIMITS.perOperatorAndDay,
      `operator:${operator.id}`,
    ]);
    expect(await search(second, 1)).toBe('closed');
    expect(await search(await world.desk(), 1)).toBe('candidates');
  });
});
