import type { DoseRule, PriorityGroup, Venue } from '@madoguchi/contracts';
import { WEEKDAYS } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { addDays } from '@madoguchi/kernel';
import type { Entry } from '../domain/entry.ts';

/** The invented product of the demo's autumn programme. */
const PRODUCT = 'MDG-XA';
const NAME = { ja: '秋冬ワクチンXA(架空)', en: 'Autumn vaccine XA (invented)' };
const PROGRAMME = 'autumn';

const VENUES = [
  ['1312300011', 'タワーホール船堀', 'Tower Hall Funabori', '船堀', '船堀４丁目１番１号', 'mass'],
  ['1312300029', '小岩区民館', 'Koiwa Community Hall', '東小岩', '東小岩６丁目９番１４号', 'mass'],
  ['1312300037', '葛西区民館', 'Kasai Community Hall', '中葛西', '中葛西３丁目１０番１号', 'mass'],
  [
    '1312300045',
    '小松川クリニック',
    'Komatsugawa Clinic',
    '小松川',
    '小松川３丁目６番１号',
    'clinic',
  ],
] as const;

/** Halls are open every day, the clinic on working days and Saturdays. */
function demoVenue([venueCode, ja, en, town, street, kind]: (typeof VENUES)[number]): Venue {
  const days = WEEKDAYS.filter((weekday) => kind === 'mass' || weekday !== 'sun');
  return {
    venueCode,
    name: { ja, en },
    town,
    address: `東京都江戸川区${street}`,
    kind,
    openingHours: days.flatMap((weekday) => [
      { weekday, opens: '09:00', closes: '12:00' },
      { weekday, opens: '13:00', closes: '16:30' },
    ]),
    closesOnHolidays: kind === 'clinic',
    closedDays: [],
    productCodes: [PRODUCT],
    activeFrom: '2020-04-01',
    activeTo: null,
  };
}

/** Far beyond the six weeks of sessions that the demo opens. */
export const demoRulesEnd = (today: CalendarDate): CalendarDate => addDays(today, 150);

const demoRule = (
  doseNumber: number,
  today: CalendarDate,
  changes: Partial<DoseRule> = {},
): Entry => ({
  kind: 'dose-rule',
  row: {
    ruleCode: `${PROGRAMME}-${doseNumber}`,
    programmeCode: PROGRAMME,
    doseFrom: doseNumber,
    doseTo: doseNumber,
    productCodes: [PRODUCT],
    validFrom: addDays(today, -30),
    validTo: demoRulesEnd(today),
    ageJudgedOn: 'vaccination-day',
    ageFromMonths: 12 * 12,
    ageBelowMonths: null,
    bornFrom: null,
    bornTo: null,
    groupCode: null,
    previousDose: 'any',
    minimumDaysBetween: doseNumber === 1 ? null : 20,
    minimumMonths: null,
    monthOverflow: 'first-of-next',
    standardOffsetDays: doseNumber === 1 ? null : 21,
    oncePerProgramme: false,
    optional: doseNumber > 1,
    source: null,
    confidence: null,
    ...changes,
  },
});

/** Children whom a list names (基礎疾患のある小児): the dose is given to them, and to no others of their age. */
const LISTED: PriorityGroup = {
  groupCode: 'children-at-risk',
  programmeCode: PROGRAMME,
  name: { ja: '基礎疾患のある小児(架空)', en: 'Children at risk (invented)' },
  listed: true,
  ageJudgedOn: 'vaccination-day',
  ageFromMonths: null,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
  opensOn: null,
  bookableFrom: null,
  validFrom: '2020-04-01',
  validTo: null,
};

/** The invented programme of the demo: an autumn dose, one product, a second dose for who wants it, four venues. */
export function demoCatalogue(today: CalendarDate): Entry[] {
  return [
    { kind: 'vaccine', row: { vaccineCode: 'MDG-X', name: NAME, disease: 'autumn-x' } },
    {
      kind: 'product',
      row: { productCode: PRODUCT, name: NAME, vaccineCode: 'MDG-X', countsAsDoses: 1 },
    },
    {
      kind: 'programme',
      row: {
        programmeCode: PROGRAMME,
        name: { ja: '秋冬接種(架空)', en: 'Autumn vaccination (invented)' },
        series: { diseases: ['autumn-x'], productCodes: [] },
      },
    },
    demoRule(1, today),
    demoRule(2, today),
    ...VENUES.map((venue): Entry => ({ kind: 'venue', row: demoVenue(venue) })),
  ];
}

/** Beside it, what needs a list of people: the first dose of children whom it names. */
export const demoList = (today: CalendarDate): Entry[] => [
  { kind: 'priority-group', row: LISTED },
  demoRule(1, today, {
    ruleCode: `${PROGRAMME}-1-children`,
    ageFromMonths: 5 * 12,
    ageBelowMonths: 12 * 12,
    groupCode: LISTED.groupCode,
  }),
];
