import { describe, expect, it } from 'vitest';
import { draftOfSettings, readSettings } from './setting-draft.ts';

const settings = {
  callingFrom: '09:00',
  callingTo: '17:30',
  callingWeekdays: ['mon', 'tue'] as ('mon' | 'tue')[],
  callsOnHolidays: false,
  closedDays: ['2026-12-28'],
  phoneMinutes: 30,
  webMinutes: 15,
  shortestMinutes: 5,
  offersToMiss: 3,
  sessionDaysAhead: 400,
};
const draft = draftOfSettings(settings);

describe('the settings as they are typed', () => {
  it('come back as they are, in any width', () => {
    expect(readSettings(draft)).toEqual({ ok: true, settings });
    expect(
      readSettings({ ...draft, phoneMinutes: ' ３０ ', closedDays: '２０２６-12-28、' }),
    ).toEqual({ ok: true, settings });
  });

  it.each([
    [{ callingTo: '08:00' }, ['callingTo']],
    [{ callingWeekdays: [] }, ['callingWeekdays']],
    [{ closedDays: '2026-12-28 明日' }, ['closedDays']],
    [{ closedDays: '2026-13-40' }, ['closedDays']],
    [{ closedDays: '2027-02-29' }, ['closedDays']],
    [{ phoneMinutes: '0' }, ['phoneMinutes']],
    [{ webMinutes: '2000' }, ['webMinutes']],
    [{ shortestMinutes: '20' }, ['webMinutes']],
    [{ offersToMiss: '' }, ['offersToMiss']],
    [{ sessionDaysAhead: '1831' }, ['sessionDaysAhead']],
  ])('%j name what is wrong: %j', (part, wrong) => {
    expect(readSettings({ ...draft, ...part })).toEqual({ ok: false, wrong });
  });
});
