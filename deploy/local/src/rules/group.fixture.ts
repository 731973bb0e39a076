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

/** One that is told by age, from the fiscal year (年度) of the fortieth birthday on; tests only. */
export const groupFrom40 = (opensOn: string): PriorityGroup =>
  listedGroup({
    groupCode: 'from-40',
    name: { ja: '40歳以上', en: '40 and over' },
    listed: false,
    ageJudgedOn: 'fiscal-year-end',
    ageFromMonths: 480,
    opensOn,
  });
