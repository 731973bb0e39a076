import type { Catalogue, DoseRule, PriorityGroup } from '@madoguchi/contracts';
import { addDays } from '@madoguchi/kernel';
import type { CalendarDate } from '@madoguchi/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextVersion } from './next-version.ts';
import type { DatedEntry, Version } from './versions.ts';

const TODAY = '2026-11-26' as CalendarDate;
const name = { ja: '架空', en: 'invented' };
const ages = {
  ageJudgedOn: 'vaccination-day' as const,
  ageFromMonths: 144,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
};
const ruleWith = (changes: Partial<DoseRule> = {}): DoseRule => ({
  ruleCode: 'autumn-2',
  programmeCode: 'autumn',
  doseFrom: 2,
  doseTo: 2,
  productCodes: ['XA'],
  validFrom: '2026-10-01',
  validTo: '2027-04-01',
  ...ages,
  groupCode: null,
  previousDose: 'any',
  minimumDaysBetween: 20,
  minimumMonths: null,
  monthOverflow: 'first-of-next',
  standardOffsetDays: 21,
  oncePerProgramme: false,
  optional: false,
  source: null,
  confidence: null,
  ...changes,
});
const groupWith = (changes: Partial<PriorityGroup> = {}): PriorityGroup => ({
  groupCode: 'from-65',
  programmeCode: 'autumn',
  name,
  listed: false,
  ...ages,
  opensOn: null,
  bookableFrom: null,
  validFrom: '2026-10-01',
  validTo: null,
  ...changes,
});
const catalogueOf = (rules: DoseRule[], groups: PriorityGroup[] = []): Catalogue => ({
  version: 1,
  vaccines: [{ vaccineCode: 'XA', name, disease: 'x' }],
  products: [{ productCode: 'XA', name, vaccineCode: 'XA', countsAsDoses: 1 }],
  programmes: [
    { programmeCode: 'autumn', name, series: { diseases: ['x'], productCodes: [] } },
    { programmeCode: 'spring', name, series: { diseases: ['x'], productCodes: [] } },
  ],
  doseRules: rules,
  otherVaccineRules: [],
  priorityGroups: groups,
  venues: [],
});
const asked = (next: DatedEntry, code: string, versions: Version[] = []) => ({
  code,
  next,
  today: TODAY,
  versions,
});
const ruleFrom = (day: string, changes: Partial<DoseRule> = {}): DatedEntry => ({
  kind: 'dose-rule',
  row: ruleWith({ ruleCode: 'autumn-2b', validFrom: day, minimumDaysBetween: 27, ...changes }),
});
/** Asked about the first of some rules, which are versions of it. */
const change = (next: DatedEntry, rules = [ruleWith()]) =>
  nextVersion(
    catalogueOf(rules),
    asked(
      next,
      'autumn-2',
      rules.map(({ ruleCode: code, validFrom, validTo }) => ({ code, validFrom, validTo })),
    ),
  );

describe('a rule changed from a day on', () => {
  it('ends the day before and begins on the day, and each says which the other is', () => {
    expect(change(ruleFrom('2027-01-15'))).toEqual({
      ok: true,
      value: {
        carriedOver: [],
        changes: [
          {
            entry: { kind: 'dose-rule', row: ruleWith({ validTo: '2027-01-15' }) },
            continuedBy: 'autumn-2b',
          },
          { entry: ruleFrom('2027-01-15'), continues: 'autumn-2' },
        ],
      },
    });
  });

  it('holds on every day of before exactly once, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -80, max: 200 }), fc.boolean(), (offset, openEnded) => {
        const row = ruleWith(openEnded ? { validTo: null } : {});
        const day = addDays(TODAY, offset);
        const decided = change(ruleFrom(day, { validTo: row.validTo }), [row]);
        const allowed = day > TODAY && (row.validTo === null || day < row.validTo);
        expect(decided.ok).toBe(allowed);
        if (!decided.ok) return;
        const versions = decided.value.changes.map(({ entry }) => entry.row);
        for (let walk = addDays(TODAY, -90); walk < '2027-05-01'; walk = addDays(walk, 1)) {
          const holding = versions.filter(
            ({ validFrom, validTo }) => validFrom <= walk && (validTo === null || walk < validTo),
          );
          const held = row.validFrom <= walk && (row.validTo === null || walk < row.validTo);
          expect(holding).toHaveLength(held ? 1 : 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['for today', ruleFrom(TODAY), 'day_not_ahead'],
    ['for a day that has passed', ruleFrom('2026-11-01'), 'day_not_ahead'],
    ['behind its end', ruleFrom('2027-04-01', { validTo: null }), 'not_in_force_around_day'],
    ['under its own code', ruleFrom('2027-01-15', { ruleCode: 'autumn-2' }), 'code_in_use'],
    ['into the same', ruleFrom('2027-01-15', { minimumDaysBetween: 20 }), 'nothing_changed'],
    [
      'to end before it begins',
      ruleFrom('2027-01-15', { validTo: '2027-01-01' }),
      'range_reversed',
    ],
    ['to name nothing', ruleFrom('2027-01-15', { productCodes: ['NO'] }), 'reference_unknown'],
  ])('is not changed %s', (_, next, code) => {
    expect(change(next)).toMatchObject({ ok: false, refusal: { code } });
  });

  it('is not changed where it is not, or has not begun', () => {
    expect(change(ruleFrom('2027-01-15'), [])).toMatchObject({
      refusal: { code: 'catalogue_row_not_found' },
    });
    expect(change(ruleFrom('2026-12-01'), [ruleWith({ validFrom: '2026-12-01' })])).toMatchObject({
      refusal: { code: 'not_in_force_around_day', details: { validFrom: '2026-12-01' } },
    });
  });

  it('is not changed under a later version of it, unless that was taken back', () => {
    const later = ruleWith({ ruleCode: 'later', validFrom: '2027-02-01' });
    const before = ruleWith({ validTo: '2027-02-01' });
    for (const day of ['2027-01-15', '2027-02-01', '2027-03-01'])
      expect(change(ruleFrom(day), [before, later])).toMatchObject({
        refusal: {
          code: 'later_version_exists',
          details: { code: 'later', validFrom: '2027-02-01' },
        },
      });
    const takenBack = [ruleWith(), { ...later, validTo: '2027-02-01' }];
    expect(change(ruleFrom('2027-01-15'), takenBack)).toMatchObject({ ok: true });
  });
});

describe('a group changed from a day on', () => {
  const next: DatedEntry = {
    kind: 'priority-group',
    row: groupWith({ groupCode: 'from-60', ageFromMonths: 720, validFrom: '2027-01-15' }),
  };
  it('takes the rules with it that name it then', () => {
    const rules = [
      ruleWith({ ruleCode: 'across', groupCode: 'from-65' }),
      ruleWith({ ruleCode: 'over', groupCode: 'from-65', validTo: '2027-01-15' }),
      ruleWith({ ruleCode: 'to-come', groupCode: 'from-65', validFrom: '2027-01-15' }),
      ruleWith({ ruleCode: 'across-20270115' }),
      ruleWith({ ruleCode: 'of-others', groupCode: 'workers' }),
      // Would have the same code as the first.
      ruleWith({ ruleCode: 'across-20261001', groupCode: 'from-65' }),
    ];
    const decided = nextVersion(catalogueOf(rules, [groupWith()]), asked(next, 'from-65'));
    expect(decided).toMatchObject({
      value: {
        carriedOver: [
          { ended: 'across', begun: 'across-20270115-2' },
          { ended: null, begun: 'to-come' },
          { ended: 'across-20261001', begun: 'across-20270115-3' },
        ],
      },
    });
    expect(decided.ok && decided.value.changes.map(({ entry }) => entry.row).slice(2, 5)).toEqual([
      { ...rules[0], validTo: '2027-01-15' },
      { ...rules[0], ruleCode: 'across-20270115-2', groupCode: 'from-60', validFrom: '2027-01-15' },
      { ...rules[2], groupCode: 'from-60' },
    ]);
  });

  it('does not leave its list, its programme or its rules behind', () => {
    const listed = groupWith({ listed: true });
    const rules = [ruleWith({ groupCode: 'from-65' })];
    const decide = (group: PriorityGroup, row: Partial<PriorityGroup>) =>
      nextVersion(
        catalogueOf(rules, [group]),
        asked({ kind: 'priority-group', row: { ...next.row, ...row } }, 'from-65'),
      );
    expect(decide(listed, { listed: true })).toMatchObject({
      refusal: { code: 'list_belongs_to_code' },
    });
    expect(decide(listed, { listed: false })).toMatchObject({ ok: true });
    expect(decide(groupWith(), { listed: true })).toMatchObject({ ok: true });
    expect(decide(groupWith(), { programmeCode: 'spring' })).toMatchObject({
      refusal: { code: 'reference_unknown', details: { unknown: ['from-60'] } },
    });
  });
});
