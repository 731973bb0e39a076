import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { TestWorld } from '@madoguchi/testing/test-world';
import type { RunningService } from '@madoguchi/service';
import { testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedDemoCatalogue } from '../seed-demo/seed-demo.ts';
import { programme } from '../service.ts';

let world: TestWorld;
let service: RunningService;
let actorToken: string;
const key = () => ({ actorToken, idempotencyKey: newId() });
const reason = '国の通知により1月から改める';
const day = addDays(tokyoDate(new Date()), 30);

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(programme);
  actorToken = (await world.actor('city-staff')).token;
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.sql(
    'programme',
    `TRUNCATE catalogue, catalogue_change, dose_rule, other_vaccine_rule, priority_group, programme, product, vaccine, venue;
     DELETE FROM relay.outbox; DELETE FROM relay.audit_entry`,
  );
  await seedDemoCatalogue(service.runtime);
});

const rules = async () => {
  const listed = await world.call(contract.listRules, {}, { actorToken });
  if (!listed.ok) throw new Error(listed.refusal.code);
  return listed.value;
};
const ruleOf = async (code: string) => {
  const found = (await rules()).doseRules.find((rule) => rule.ruleCode === code);
  if (!found) throw new Error(code);
  return found;
};
const told = () =>
  world.sql<{ payload: contract.Catalogue }>(
    'programme',
    "SELECT payload FROM relay.outbox WHERE subject NOT LIKE '%.feed.%' ORDER BY position",
  );
/** `autumn-2` with 27 days between from the day on. */
const request = async (changes: Partial<contract.DoseRule> = {}) => {
  const { revision, ...row } = await ruleOf('autumn-2');
  const next = { ...row, ruleCode: 'autumn-2b', validFrom: day, minimumDaysBetween: 27 };
  return {
    code: 'autumn-2',
    revision,
    next: { kind: 'dose-rule' as const, row: { ...next, ...changes } },
    reason,
  };
};
const changesOf = async (code: string) => {
  const shown = await world.call(contract.listChanges, { kind: 'dose-rule', code }, { actorToken });
  if (!shown.ok) throw new Error(shown.refusal.code);
  return shown.value.changes;
};

describe('a rule changed from a day on', () => {
  it('is two rows of one version, told once, in the history of both and in the log', async () => {
    const before = await ruleOf('autumn-2');
    const { revision: _revision, ...row } = before;
    const endedRow = { ...row, validTo: day };
    const asked = await request();
    // Asked beforehand, it says the same and does nothing.
    expect(await world.call(contract.changeFromDay, { ...asked, dryRun: true }, key())).toEqual({
      ok: true,
      value: {
        version: 1,
        revision: 1,
        carriedOver: [],
        rows: [{ kind: 'dose-rule', row: endedRow }, asked.next],
      },
    });
    expect(await told()).toHaveLength(1);
    expect(await ruleOf('autumn-2')).toEqual(before);
    expect(await world.call(contract.changeFromDay, asked, key())).toEqual({
      ok: true,
      value: {
        version: 2,
        revision: 2,
        carriedOver: [],
        rows: [{ kind: 'dose-rule', row: endedRow }, asked.next],
      },
    });
    expect(await ruleOf('autumn-2')).toEqual({ ...before, validTo: day, revision: 2 });
    expect(await ruleOf('autumn-2b')).toEqual({ ...asked.next.row, revision: 1 });
    const events = await told();
    expect(events).toHaveLength(2);
    expect(events[1]?.payload.version).toBe(2);
    expect((await rules()).doseRules).toMatchObject(events[1]?.payload.doseRules ?? []);
    expect((await changesOf('autumn-2'))[0]).toMatchObject({
      revision: 2,
      version: 2,
      reason,
      continuedBy: 'autumn-2b',
      differences: [{ member: 'validTo', before: before.validTo, after: day }],
    });
    const [begun] = await changesOf('autumn-2b');
    expect(begun).toMatchObject({ revision: 1, version: 2, reason, continues: 'autumn-2' });
    expect(begun?.differences).toEqual(
      expect.arrayContaining([
        { member: 'minimumDaysBetween', before: 20, after: 27 },
        { member: 'validFrom', before: before.validFrom, after: day },
        { member: 'ruleCode', before: 'autumn-2', after: 'autumn-2b' },
      ]),
    );
    expect(begun?.differences).toHaveLength(3);
    const audit = await world.sql(
      'programme',
      `SELECT entry->'detail' AS detail FROM relay.audit_entry WHERE entry->>'operation' = 'programme.change-from-day'`,
    );
    expect(audit).toEqual([{ detail: { code: 'autumn-2', from: day, rows: 2, version: 2 } }]);
  });

  it('is done once under one key', async () => {
    const asked = await request();
    const once = key();
    const first = await world.call(contract.changeFromDay, asked, once);
    expect(await world.call(contract.changeFromDay, asked, once)).toEqual(first);
    expect(await told()).toHaveLength(2);
  });

  it('is decided by one of many who decide at once', async () => {
    const asked = await request();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, place) => {
        const row = { ...asked.next.row, ruleCode: `autumn-2-${place}` };
        return world.call(
          contract.changeFromDay,
          { ...asked, next: { ...asked.next, row } },
          key(),
        );
      }),
    );
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    for (const one of answers) if (!one.ok) expect(one.refusal.code).toBe('later_version_exists');
    const versions = (await rules()).doseRules.filter((one) => one.ruleCode.startsWith('autumn-2'));
    expect(versions.map((one) => [one.validFrom === day, one.validTo === day])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('is refused with what is in the way, and nothing is half-done', async () => {
    const asked = await request();
    const { revision: _, ...row } = await ruleOf('autumn-2');
    const corrected = { rule: { ...row, confidence: '通知' }, revision: asked.revision, reason };
    await world.call(contract.putDoseRule, corrected, key());
    // Read before somebody corrected it.
    expect(await world.call(contract.changeFromDay, asked, key())).toMatchObject({
      refusal: { code: 'changed_meanwhile', details: { revision: 2 } },
    });
    const refusedWith = async (changes: object) => {
      const answer = await world.call(
        contract.changeFromDay,
        { ...asked, revision: 2, ...changes },
        key(),
      );
      return answer.ok ? 'done' : answer.refusal.code;
    };
    const next = (changes: object) => ({
      next: { kind: 'dose-rule', row: { ...asked.next.row, ...changes } },
    });
    expect(await refusedWith({ code: 'nowhere' })).toBe('catalogue_row_not_found');
    expect(await refusedWith({ reason: '短い' })).toBe('reason_too_short');
    expect(await refusedWith(next({ ruleCode: 'autumn-1' }))).toBe('code_in_use');
    expect(await refusedWith(next({ validFrom: tokyoDate(new Date()) }))).toBe('day_not_ahead');
    expect(await refusedWith(next({ validFrom: '2026-02-30' }))).toBe('malformed_request');
    expect(await refusedWith({ next: { kind: 'venue', row: {} } })).toBe('malformed_request');
    expect(await refusedWith({ next: { kind: 'dose-rule', row: {} } })).toBe('malformed_request');
    expect((await rules()).doseRules.map((one) => one.ruleCode)).not.toContain('autumn-2b');
    expect(await told()).toHaveLength(2);
    expect(await refusedWith({})).toBe('done');
    expect(await refusedWith({ ...next({ ruleCode: 'again' }), revision: 3 })).toBe(
      'later_version_exists',
    );
  });

  it('is not corrected into its next version, nor moved behind its beginning', async () => {
    expect(await world.call(contract.changeFromDay, await request(), key())).toMatchObject({
      ok: true,
    });
    const correct = async (changes: Partial<contract.DoseRule>) => {
      const { revision, ...row } = await ruleOf('autumn-2');
      const rule = { ...row, ...changes };
      return world.call(contract.putDoseRule, { rule, revision, reason }, key());
    };
    const overlapped = (item: string) => ({
      refusal: {
        code: 'later_version_overlapped',
        details: {
          code: 'autumn-2b',
          validFrom: day,
          items: [{ item, ja: expect.stringContaining(day), en: expect.stringContaining(day) }],
        },
      },
    });
    const before = await ruleOf('autumn-2');
    const behind = addDays(day, 1);
    expect(await correct({ validTo: behind })).toMatchObject(overlapped('validTo'));
    expect(await correct({ validTo: null })).toMatchObject(overlapped('validTo'));
    expect(await correct({ validFrom: day, validTo: null })).toMatchObject(overlapped('validFrom'));
    expect(await ruleOf('autumn-2')).toEqual(before);
    expect(await told()).toHaveLength(2);
    // Up to it, whatever else is corrected, and behind it once that version is taken back.
    expect((await correct({ validTo: addDays(day, -1) })).ok).toBe(true);
    expect((await correct({ validTo: day, optional: true })).ok).toBe(true);
    const { revision, ...row } = await ruleOf('autumn-2b');
    const takenBack = { ...row, validTo: row.validFrom };
    expect(
      await world.call(contract.putDoseRule, { rule: takenBack, revision, reason }, key()),
    ).toMatchObject({ ok: true });
    expect((await correct({ validTo: null })).ok).toBe(true);
  });

  it('begins no earlier than its earlier version ends, also in the database', async () => {
    await world.call(contract.changeFromDay, await request(), key());
    const correct = async (code: string, changes: Partial<contract.DoseRule>) => {
      const { revision, ...row } = await ruleOf(code);
      const rule = { ...row, ...changes };
      return world.call(contract.putDoseRule, { rule, revision, reason }, key());
    };
    const lastDay = addDays(day, -1);
    const refused = {
      refusal: {
        code: 'earlier_version_overlapped',
        details: {
          code: 'autumn-2',
          lastDay,
          items: [{ item: 'validFrom', ja: expect.stringContaining(lastDay) }],
        },
      },
    };
    expect(await correct('autumn-2b', { validFrom: lastDay })).toMatchObject(refused);
    expect(await told()).toHaveLength(2);
    await expect(
      world.sql('programme', "UPDATE dose_rule SET valid_from = $1 WHERE code = 'autumn-2b'", [
        lastDay,
      ]),
    ).rejects.toThrow('dose_rule_one_version_a_day');
    // Once the earlier one ends before it, and not again after that.
    expect((await correct('autumn-2', { validTo: lastDay })).ok).toBe(true);
    expect((await correct('autumn-2b', { validFrom: lastDay })).ok).toBe(true);
    // Taken back, its days are taken by the earlier one, and it does not come back over them.
    const { validTo } = await ruleOf('autumn-2b');
    expect((await correct('autumn-2b', { validTo: lastDay })).ok).toBe(true);
    expect((await correct('autumn-2', { validTo: null })).ok).toBe(true);
    expect(await correct('autumn-2b', { validTo })).toMatchObject({
      refusal: { code: 'earlier_version_overlapped', details: { code: 'autumn-2' } },
    });
  });

  it('is changed by those who administer, and by nobody else', async () => {
    const asked = await request();
    for (const role of ['operator', 'senior-operator', 'auditor', 'venue-staff'] as const) {
      const other = await world.actor(role);
      expect(
        await world.call(contract.changeFromDay, asked, { ...key(), actorToken: other.token }),
      ).toMatchObject({ refusal: { code: 'not_allowed' } });
    }
  });
});

const group: contract.PriorityGroup = {
  groupCode: 'from-65',
  programmeCode: 'autumn',
  name: { ja: '65歳以上', en: '65 and over' },
  listed: false,
  ageJudgedOn: 'vaccination-day',
  ageFromMonths: 780,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
  opensOn: null,
  bookableFrom: null,
  validFrom: '2026-01-01',
  validTo: null,
};
/** `autumn-2` for members of that group. */
const forMembers = async () => {
  await world.call(contract.putPriorityGroup, { group, revision: 0, reason }, key());
  const { revision, ...row } = await ruleOf('autumn-2');
  const rule = { ...row, groupCode: 'from-65' };
  await world.call(contract.putDoseRule, { rule, revision, reason }, key());
};

describe('a group changed from a day on', () => {
  it('has the rules that name it name its next version then, in the same version', async () => {
    await forMembers();
    const next = { ...group, groupCode: 'from-60', ageFromMonths: 720, validFrom: day };
    const begun = `autumn-2-${day.replaceAll('-', '')}`;
    expect(
      await world.call(
        contract.changeFromDay,
        { code: 'from-65', revision: 1, next: { kind: 'priority-group', row: next }, reason },
        key(),
      ),
    ).toMatchObject({
      value: { version: 4, carriedOver: [{ ended: 'autumn-2', begun }] },
    });
    expect(await ruleOf('autumn-2')).toMatchObject({ groupCode: 'from-65', validTo: day });
    expect(await ruleOf(begun)).toMatchObject({ groupCode: 'from-60', validFrom: day });
    expect(await changesOf(begun)).toMatchObject([{ continues: 'autumn-2', version: 4 }]);
  });

  it('splits a rule before its later version, into which the new one is not corrected either', async () => {
    await forMembers();
    await world.call(contract.changeFromDay, await request({ groupCode: null }), key());
    const validFrom = addDays(day, -9);
    const row = { ...group, groupCode: 'from-60', ageFromMonths: 720, validFrom };
    const changed = {
      code: 'from-65',
      revision: 1,
      next: { kind: 'priority-group', row },
    } as const;
    expect(await world.call(contract.changeFromDay, { ...changed, reason }, key())).toMatchObject({
      ok: true,
    });
    const { revision, ...rule } = await ruleOf(`autumn-2-${validFrom.replaceAll('-', '')}`);
    expect(rule).toMatchObject({ validFrom, validTo: day });
    const corrected = { rule: { ...rule, validTo: null }, revision, reason };
    expect(await world.call(contract.putDoseRule, corrected, key())).toMatchObject({
      refusal: { code: 'later_version_overlapped', details: { code: 'autumn-2b' } },
    });
  });
});
