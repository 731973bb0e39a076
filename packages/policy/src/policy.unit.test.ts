import { readFileSync } from 'node:fs';
import type { FieldClass, Purpose, Role } from '@madoguchi/contracts';
import { FIELD_CLASSES } from '@madoguchi/contracts';
import { describe, expect, it } from 'vitest';
import type { DisclosureQuestion } from './index.ts';
import { createPolicy, POLICY_VERSION } from './index.ts';

const [header, ...rows] = readFileSync(
  new URL('../test-data/authorisation.csv', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => line.split(','));

const now = new Date('2026-11-23T03:00:00Z');
const policy = createPolicy();

const question = (role: string, purpose: string): DisclosureQuestion => ({
  actor: {
    role: role as Role,
    terminalEnrolled: true,
    withinHours: true,
    policyVersion: POLICY_VERSION,
  },
  purpose: purpose as Purpose,
  hasGrant: true,
  residentProtected: false,
  approvedBySecondPerson: false,
  now,
});

const nothing = Object.fromEntries(FIELD_CLASSES.map((fieldClass) => [fieldClass, 'none']));

describe('the authorisation table', () => {
  it('has the columns and the size it should have', () => {
    expect(header).toEqual(['role', 'purpose', ...FIELD_CLASSES]);
    expect(rows).toHaveLength(130);
  });

  it.each(rows.map((row) => [row[0] ?? '', row[1] ?? '', row.slice(2)] as const))(
    '%s for %s sees what the table says, cell by cell',
    (role, purpose, cells) => {
      const decided = policy.decideFieldClasses(question(role, purpose));
      expect(FIELD_CLASSES.map((fieldClass: FieldClass) => decided[fieldClass])).toEqual(cells);
    },
  );
});

describe('always none', () => {
  const asked = question('city-staff', 'application');
  it.each([
    ['no grant', { ...asked, hasGrant: false }],
    ['terminal not enrolled', { ...asked, actor: { ...asked.actor, terminalEnrolled: false } }],
    ['outside working hours', { ...asked, actor: { ...asked.actor, withinHours: false } }],
    ['another policy version', { ...asked, actor: { ...asked.actor, policyVersion: 'old' } }],
    ['protected, no step-up', { ...asked, residentProtected: true, approvedBySecondPerson: true }],
    [
      'protected, step-up six minutes old',
      {
        ...asked,
        residentProtected: true,
        approvedBySecondPerson: true,
        actor: { ...asked.actor, stepUpAt: now.getTime() / 1000 - 360 },
      },
    ],
    [
      'protected, nobody else agreed',
      {
        ...asked,
        residentProtected: true,
        actor: { ...asked.actor, stepUpAt: now.getTime() / 1000 },
      },
    ],
  ])('%s', (_why, changed) => {
    expect(policy.decideFieldClasses(changed)).toEqual(nothing);
  });

  it('gives an ordinary operator nothing of a protected person, whatever they hold', () => {
    const held = question('operator', 'reservation');
    expect(
      policy.decideFieldClasses({
        ...held,
        residentProtected: true,
        approvedBySecondPerson: true,
        actor: { ...held.actor, stepUpAt: now.getTime() / 1000 },
      }),
    ).toEqual(nothing);
  });

  it('gives the supervisor desk its cells with step-up and a second person', () => {
    const desk = question('senior-operator', 'reservation');
    const decided = policy.decideFieldClasses({
      ...desk,
      residentProtected: true,
      approvedBySecondPerson: true,
      actor: { ...desk.actor, stepUpAt: now.getTime() / 1000 - 10 },
    });
    expect(decided.name).toBe('show');
    expect(decided.contact).toBe('mask');
  });
});
