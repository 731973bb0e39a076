import { z } from 'zod';
import { Code, DoseNumber, IsoDate, typedText, VenueCode, WallTime } from './shapes.ts';

const label = (longest: number) =>
  typedText(longest).refine((text) => text.trim() === text && text !== '', {
    message: 'is empty, or begins or ends with blanks',
  });
const Name = z.strictObject({ ja: label(100), en: label(100) });
/** Where a value comes from and how sure it is: doubtful ones are data that can be corrected. */
const Provenance = { source: typedText(500).nullable(), confidence: typedText(200).nullable() };
const Months = z.int().min(0).max(1800);
/** Half-open range of vaccination days; no end where none is known. */
const Validity = { validFrom: IsoDate, validTo: IsoDate.nullable() };

/** A vaccine (ワクチン): what it is against decides which doses belong together. */
export const Vaccine = z.strictObject({
  vaccineCode: Code,
  name: Name,
  /** Disease family, e.g. `covid-19`. */
  disease: Code,
});
export type Vaccine = z.infer<typeof Vaccine>;

/** A product of a vaccine, as doses and slots name it. */
export const Product = z.strictObject({
  productCode: Code,
  name: Name,
  vaccineCode: Code,
  /** Doses of a series that one shot stands for: 2 where one shot completes the primary series (Janssen). */
  countsAsDoses: z.int().min(1).max(4),
});
export type Product = z.infer<typeof Product>;

/** A programme (事業): its doses are counted within its series. */
export const Programme = z.strictObject({
  programmeCode: Code,
  name: Name,
  /** Earlier doses that count: of any product against these diseases, and of these products. */
  series: z.strictObject({ diseases: z.array(Code).max(20), productCodes: z.array(Code).max(100) }),
});
export type Programme = z.infer<typeof Programme>;

/** The day an age is judged on: that of the vaccination, of the first dose, or the end of its fiscal year (31 March). */
export const AGE_DAYS = ['vaccination-day', 'first-dose', 'fiscal-year-end'] as const;
const Ages = {
  ageJudgedOn: z.enum(AGE_DAYS),
  /** Months of age, reached on the day before (年齢計算ニ関スル法律). */
  ageFromMonths: Months.nullable(),
  ageBelowMonths: Months.nullable(),
  /** First and last birth date, both included. */
  bornFrom: IsoDate.nullable(),
  bornTo: IsoDate.nullable(),
};

/** Who a dose of a programme is for, of which products, how long after the one before. */
export const DoseRule = z.strictObject({
  ruleCode: Code,
  programmeCode: Code,
  /** Dose numbers within the series, both included. */
  doseFrom: DoseNumber,
  doseTo: DoseNumber,
  productCodes: z.array(Code).min(1).max(100),
  ...Validity,
  ...Ages,
  /** Only for people of this priority group. */
  groupCode: Code.nullable(),
  /** Which vaccine the dose before must have been of (交互接種). */
  previousDose: z.enum(['any', 'same-vaccine', 'other-vaccine']),
  /** Whole days to lie between (中N日): the dates differ by one more. */
  minimumDaysBetween: z.int().min(0).max(3650).nullable(),
  minimumMonths: z.int().min(0).max(120).nullable(),
  /** What becomes of a day that the month has not. */
  monthOverflow: z.enum(['first-of-next', 'last-of-month']),
  /** Difference of dates that is proposed for a pair. */
  standardOffsetDays: z.int().min(0).max(3650).nullable(),
  /** One dose a person while this rule is in force, whatever its number. */
  oncePerProgramme: z.boolean(),
  optional: z.boolean(),
  ...Provenance,
});
export type DoseRule = z.infer<typeof DoseRule>;

/** Days between a programme's dose and one against something else. */
export const OtherVaccineRule = z.strictObject({
  ruleCode: Code,
  programmeCodes: z.array(Code).min(1).max(50),
  /** The other dose's disease; null for whatever no row of its own names. */
  disease: Code.nullable(),
  /** Whole days between, on either side; null where none are asked for. */
  minimumDaysBetween: z.int().min(0).max(3650).nullable(),
  ...Validity,
  ...Provenance,
});
export type OtherVaccineRule = z.infer<typeof OtherVaccineRule>;

/**
 * People of a programme. Where groups have an opening day of either kind, the programme is open to them
 * only, to each by the days of a group of theirs; without such groups it is open to all.
 */
export const PriorityGroup = z.strictObject({
  groupCode: Code,
  programmeCode: Code,
  name: Name,
  /** Belongs to it who is listed; else who is of these ages or births. */
  listed: z.boolean(),
  ...Ages,
  /** First vaccination day of the group; null for one that is only named by rules. */
  opensOn: IsoDate.nullable(),
  /** Day from which bookings of the group are taken (予約受付開始日); null where any day is good. */
  bookableFrom: IsoDate.nullable().default(null),
  ...Validity,
});
export type PriorityGroup = z.infer<typeof PriorityGroup>;

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const VENUE_KINDS = ['mass', 'clinic'] as const;

/** A place of vaccination (接種会場). */
export const Venue = z.strictObject({
  /** 10-digit 医療機関コード, or the similar code given to other places. */
  venueCode: VenueCode,
  name: Name,
  town: label(40),
  address: label(200),
  kind: z.enum(VENUE_KINDS),
  openingHours: z
    .array(z.strictObject({ weekday: z.enum(WEEKDAYS), opens: WallTime, closes: WallTime }))
    .max(28),
  /** Closed on national holidays and from 29 December to 3 January. */
  closesOnHolidays: z.boolean(),
  /** Its own closing days. */
  closedDays: z.array(IsoDate).max(400),
  productCodes: z.array(Code).max(100),
  activeFrom: IsoDate,
  /** Half-open. */
  activeTo: IsoDate.nullable(),
});
export type Venue = z.infer<typeof Venue>;

/** All that programme owns, as of a version. */
export const Catalogue = z.strictObject({
  version: z.int().min(0),
  vaccines: z.array(Vaccine),
  products: z.array(Product),
  programmes: z.array(Programme),
  doseRules: z.array(DoseRule),
  otherVaccineRules: z.array(OtherVaccineRule),
  priorityGroups: z.array(PriorityGroup),
  venues: z.array(Venue),
});
export type Catalogue = z.infer<typeof Catalogue>;
