import type { TelephoneEvent } from '@madoguchi/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_STATES, CASE_TRANSITIONS } from './case-state.ts';
import { beginCall, foldEvent } from './telephone-call.ts';

const base = { dialect: 'zammad', callKey: 'k', direction: 'in' } as const;
const ringing: TelephoneEvent = { ...base, kind: 'ringing', from: '+81 90 1234 5678', to: '予約' };
const answered: TelephoneEvent = { ...base, kind: 'answered', extension: '201' };
const ended: TelephoneEvent = { ...base, kind: 'ended', cause: 'normalClearing' };
const fold = (events: TelephoneEvent[]) => {
  const [first, ...rest] = events;
  if (!first) throw new Error('no event');
  return rest.reduce(foldEvent, beginCall(first));
};

describe('a call', () => {
  it('is the same from its events in any order and number', () => {
    const expected = fold([ringing, answered, ended]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([ringing, answered, ended], { minLength: 3 }),
        fc.array(fc.constantFrom(ringing, answered, ended), { maxLength: 5 }),
        (order, again) => {
          expect(fold([...order, ...again])).toEqual(expected);
        },
      ),
    );
  });

  it('knows number, queue and who talks', () => {
    expect(fold([ringing, answered])).toMatchObject({
      state: 'talking',
      fromNumber: '09012345678',
      queue: '予約',
      extension: '201',
    });
  });

  it.each(['anonymous', '非通知', '公衆電話', '201', undefined])(
    'is usable without a number: %s',
    (from) => {
      const event: TelephoneEvent = {
        ...base,
        kind: 'ringing',
        ...(from === undefined ? {} : { from }),
      };
      expect(fold([event, answered])).toMatchObject({ state: 'talking', fromNumber: undefined });
    },
  );

  it('never comes back once it has ended', () => {
    expect(fold([ended, answered, ringing]).state).toBe('ended');
  });

  it('belongs to whom it was transferred', () => {
    const transferred: TelephoneEvent = { ...base, kind: 'transferred', extension: '301' };
    expect(fold([ringing, answered, transferred]).extension).toBe('301');
  });
});

describe('a case', () => {
  it('can always be closed, and once closed stays so', () => {
    for (const state of CASE_STATES)
      expect(CASE_TRANSITIONS[state].close).toBe(state === 'closed' ? undefined : 'closed');
    expect(Object.values(CASE_TRANSITIONS.closed).every((next) => next === undefined)).toBe(true);
  });
});
