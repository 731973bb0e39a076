import { describe, expect, it } from 'vitest';
import { verifiedContext } from '../fixtures/invented-people.ts';
import { membersOf } from './members.ts';

describe('members of a group', () => {
  const person = verifiedContext('reservation');
  const other = { ...person, residentId: 'other', person: { state: 'loading' as const } };

  it('come with the dose that follows from their record, and under their name', () => {
    expect(membersOf([person, other], {}, '―')).toMatchObject([
      { name: '髙橋 葛󠄀子', doseNumber: 8, comes: true },
      { name: '―', comes: true },
    ]);
  });

  it('are as the operator has set them', () => {
    const set = { other: { doseNumber: 3, comes: false } };
    expect(membersOf([person, other], set, '―')[1]).toMatchObject({ doseNumber: 3, comes: false });
  });
});
