import { describe, expect, it } from 'vitest';
import { isLost } from './slot-lost.tsx';

describe('a lost slot', () => {
  it('is one that is full or closed, not one that the rules refuse', () => {
    expect(isLost({ code: 'slot_full', status: 409 })).toBe(true);
    expect(isLost({ code: 'slot_closed', status: 409 })).toBe(true);
    expect(isLost({ code: 'dose_interval_too_short', status: 409 })).toBe(false);
    expect(isLost(undefined)).toBe(false);
  });

  it('is lost to a group only where nothing else stands against anybody', () => {
    const full = { residentId: 'a', code: 'slot_full' as const };
    const young = { residentId: 'b', code: 'age_not_eligible' as const };
    const group = (members: (typeof full | typeof young)[]) =>
      isLost({ code: 'group_refused', status: 409, members });
    expect(group([full])).toBe(true);
    expect(group([full, young])).toBe(false);
    expect(isLost({ code: 'group_refused', status: 409 })).toBe(false);
  });
});
