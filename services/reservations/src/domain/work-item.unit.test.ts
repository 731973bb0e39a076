import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstCallingTime } from './offer-time.ts';
import { afterTryInVain, TRIES_BEFORE_DESK } from './work-item.ts';
import { CALLING_ON_WEEKDAYS as setting } from './waitlist-setting.fixture.ts';

const at = (text: string) => new Date(`${text}+09:00`);
const far = at('2027-02-01T09:00');
const again = (tries: number, now: string, dueAt = far) =>
  afterTryInVain({ tries, dueAt }, at(now), setting).notBefore;

describe('a try in vain', () => {
  // 27 November 2026 is a Friday.
  it.each([
    ['two hours later', 0, '2026-11-26T10:00', '2026-11-26T12:00'],
    ['four hours later', 1, '2026-11-26T10:00', '2026-11-26T14:00'],
    ['the next morning, not in the evening', 0, '2026-11-26T16:43', '2026-11-27T09:00'],
    ['not on the weekend', 0, '2026-11-27T17:00', '2026-11-30T09:00'],
    ['not at night, a day later', 3, '2026-11-26T17:45', '2026-11-30T09:00'],
    ['not on a holiday', 3, '2026-11-22T10:00', '2026-11-24T09:00'],
    ["not on a day of the city's own", 3, '2026-12-10T10:00', '2026-12-14T09:00'],
    ['not over the turn of the year', 3, '2026-12-28T12:00', '2027-01-04T09:00'],
  ])('is made again %s', (_when, tries, now, next) => expect(again(tries, now)).toEqual(at(next)));
  it('is made again before the matter is over, where there is time for it', () => {
    const morning = at('2026-11-27T09:00');
    expect(again(0, '2026-11-26T16:43', morning)).toEqual(at('2026-11-26T16:58'));
    expect(again(0, '2026-11-26T17:20', morning)).toEqual(morning);
    expect(again(0, '2026-11-27T10:00', morning)).toEqual(at('2026-11-27T12:00'));
    // The end of an offer by telephone.
    expect(again(0, '2026-11-26T10:00', at('2026-11-26T10:30'))).toEqual(at('2026-11-26T10:15'));
  });
  it('is made again after the wait where nobody is ever called', () => {
    const never = { ...setting, callingWeekdays: [] };
    const now = at('2026-11-26T10:00');
    expect(afterTryInVain({ tries: 0, dueAt: far }, now, never).notBefore).toEqual(
      at('2026-11-26T12:00'),
    );
  });
  it('leaves it to the desk at last', () => {
    const made = [0, 1, 2, 3, 4].map((tries) =>
      afterTryInVain({ tries, dueAt: far }, at('2026-11-26T10:00'), setting),
    );
    expect(made.map(({ deskOnly }) => deskOnly)).toEqual([false, false, false, false, true]);
    expect(made.at(-1)?.tries).toBe(TRIES_BEFORE_DESK);
  });
  it('is never made again outside calling hours, nor sooner than a quarter of an hour later', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        fc.integer({ min: -3_000, max: 20_000 }),
        fc.nat(6),
        (minute, dueIn, tries) => {
          const now = new Date(at('2026-04-01T00:00').getTime() + minute * 60_000);
          const dueAt = new Date(now.getTime() + dueIn * 60_000);
          const { notBefore } = afterTryInVain({ tries, dueAt }, now, setting);
          expect(firstCallingTime(notBefore, setting)).toEqual(notBefore);
          expect(notBefore.getTime() - now.getTime()).toBeGreaterThanOrEqual(15 * 60_000);
        },
      ),
    );
  });
});
