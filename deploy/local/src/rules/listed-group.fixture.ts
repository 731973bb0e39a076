import type { PriorityGroup } from '@madoguchi/contracts';

/** A group of the demo's programme that is told by a list; tests only. */
export const listedGroup = (changes: Partial<PriorityGroup>): PriorityGroup => ({
  groupCode: 'workers',
  programmeCode: 'autumn',
  name: { ja: '医療従事者等', en: 'Health workers' },
  listed: true,
  ageJudgedOn: 'vaccination-day',
  ageFromMonths: null,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
  opensOn: null,
  bookableFrom: null,
  validFrom: '2020-01-01',
  validTo: null,
  ...changes,
});
