import * as contract from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedDemoCatalogue } from '../seed-demo/seed-demo.ts';
import { programme } from '../service.ts';

let world: TestWorld;
let service: RunningService;
let actorToken: string;
const key = () => ({ actorToken, idempotencyKey: newId() });
const reason = '区の通知により改める';
const today = tokyoDate(new Date());
const inDays = (days: number) => addDays(today, days);

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
     DELETE FROM relay.outbox`,
  );
  await seedDemoCatalogue(service.runtime);
});

const rules = async () => {
  const listed = await world.call(contract.listRules, {}, { actorToken });
  if (!listed.ok) throw new Error(listed.refusal.code);
  return listed.value;
};
const told = () =>
  world.sql<{ aggregate_version: string; payload: contract.Catalogue }>(
    'programme',
    "SELECT aggregate_version, payload FROM relay.outbox WHERE subject NOT LIKE '%.feed.%' ORDER BY position",
  );

describe('a row of the catalogue', () => {
  it('is corrected from the revision that was read, and keeps what it said before', async () => {
    const [first] = (await rules()).doseRules;
    if (!first) throw new Error('no rule');
    const { revision, ...rule } = first;
    const changed = { ...rule, validTo: inDays(36), confidence: '通知による' };
    const put = { rule: changed, revision, reason };
    expect(await world.call(contract.putDoseRule, put, key())).toEqual({
      ok: true,
      value: { revision: 2, version: 2 },
    });
    // Somebody else who read revision 1 must look again.
    const late = { rule: { ...rule, validTo: inDays(67) }, revision, reason };
    expect(await world.call(contract.putDoseRule, late, key())).toMatchObject({
      refusal: { code: 'changed_meanwhile', details: { revision: 2 } },
    });
    expect((await rules()).doseRules[0]).toEqual({ ...changed, revision: 2 });
    const history = await world.sql(
      'programme',
      `SELECT before->>'validTo' AS before, after->>'validTo' AS after, reason FROM catalogue_change
       WHERE kind = 'dose-rule' AND code = $1 AND revision = 2`,
      [rule.ruleCode],
    );
    expect(history).toEqual([{ before: rule.validTo, after: inDays(36), reason }]);
    const shown = await world.call(
      contract.listChanges,
      { kind: 'dose-rule', code: rule.ruleCode },
      { actorToken },
    );
    expect(shown.ok && shown.value.changes.map((one) => one.revision)).toEqual([2, 1]);
    expect(shown).toMatchObject({
      value: {
        changes: [
          {
            reason,
            differences: [
              { member: 'validTo', before: rule.validTo, after: inDays(36) },
              { member: 'confidence', after: '通知による' },
            ],
          },
          { revision: 1 },
        ],
      },
    });
  });

  it('is told to the neighbours whole, once a change, with the next version', async () => {
    const [first] = (await rules()).doseRules;
    if (!first) throw new Error('no rule');
    const { revision, ...rule } = first;
    const asked = { rule: { ...rule, optional: true }, revision, reason };
    const once = key();
    await world.call(contract.putDoseRule, asked, once);
    await world.call(contract.putDoseRule, asked, once);
    const events = await told();
    expect(events.map((event) => event.aggregate_version)).toEqual(['1', '2']);
    const snapshot = await world.call(
      contract.snapshotCatalogue,
      {},
      { actorToken: await service.runtime.ownActorToken() },
    );
    expect(snapshot).toEqual({ ok: true, value: events.at(-1)?.payload });
    expect(contract.Catalogue.parse(events.at(-1)?.payload).doseRules[0]?.optional).toBe(true);
  });

  it('that says the same again changes nothing and tells nothing', async () => {
    const [first] = (await rules()).products;
    if (!first) throw new Error('no product');
    const { revision, ...product } = first;
    expect(
      await world.call(contract.putProduct, { product, revision, reason }, key()),
    ).toMatchObject({ ok: true, value: { revision: 1, version: 1 } });
    expect(await told()).toHaveLength(1);
  });

  it('is refused with what is wrong, and nothing is half-done', async () => {
    const [first] = (await rules()).doseRules;
    if (!first) throw new Error('no rule');
    const { revision: _, ...rule } = first;
    const put = (changes: Partial<contract.DoseRule>, why = reason) =>
      world.call(
        contract.putDoseRule,
        { rule: { ...rule, ruleCode: 'new', ...changes }, revision: 0, reason: why },
        key(),
      );
    expect(await put({ productCodes: ['MDG-XA', 'NOWHERE'], groupCode: 'nobody' })).toMatchObject({
      refusal: { code: 'reference_unknown', details: { unknown: ['NOWHERE', 'nobody'] } },
    });
    expect(await put({ validTo: '2020-01-01', doseFrom: 3, doseTo: 2 })).toMatchObject({
      refusal: { code: 'range_reversed', details: { items: ['validTo', 'doseTo'] } },
    });
    expect(await put({}, '短い')).toMatchObject({ refusal: { code: 'reason_too_short' } });
    const strange: Partial<contract.DoseRule>[] = [
      { validFrom: '0000-01-01' },
      { validFrom: '2026-02-30' },
      { minimumDaysBetween: -1 },
      { ruleCode: "x'; DROP TABLE dose_rule" },
      { confidence: 'a\u0000b' },
      { productCodes: [] },
    ];
    for (const changes of strange)
      expect(await put(changes)).toMatchObject({ refusal: { code: 'malformed_request' } });
    expect((await rules()).doseRules.map((one) => one.ruleCode)).not.toContain('new');
    expect(await told()).toHaveLength(1);
  });

  it('is put by those who administer, and by nobody else', async () => {
    const vaccine = { vaccineCode: 'V', name: { ja: '新', en: 'new' }, disease: 'flu' };
    const asked = { vaccine, revision: 0, reason };
    for (const role of [
      'operator',
      'senior-operator',
      'reviewer',
      'auditor',
      'venue-staff',
    ] as const) {
      const other = await world.actor(role);
      expect(
        await world.call(contract.putVaccine, asked, { ...key(), actorToken: other.token }),
      ).toMatchObject({ refusal: { code: 'not_allowed' } });
    }
    expect(await world.call(contract.putVaccine, asked, key())).toMatchObject({ ok: true });
    const audit = await world.sql(
      'programme',
      `SELECT entry->'detail'->>'code' AS code FROM relay.audit_entry WHERE entry->>'operation' = 'programme.put-vaccine'`,
    );
    expect(audit).toEqual([{ code: 'V' }]);
  });

  it('changed by fifty at once gets fifty versions, none lost', async () => {
    const put = (place: number) =>
      world.call(
        contract.putVaccine,
        {
          vaccine: { vaccineCode: `V${place}`, name: { ja: '新', en: 'new' }, disease: 'flu' },
          revision: 0,
          reason,
        },
        key(),
      );
    const answers = await Promise.all(Array.from({ length: 50 }, (_, place) => put(place)));
    const versions = answers.map((one) => (one.ok ? one.value.version : 0));
    expect(versions.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, place) => place + 2),
    );
    const last = (await told()).at(-1);
    expect(last?.payload.version).toBe(51);
    expect(last?.payload.vaccines).toHaveLength(51);
  });
});
