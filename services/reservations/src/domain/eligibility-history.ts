import type { CalendarDate } from '@madoguchi/kernel';
import type { Rulebook } from './rulebook.ts';
import { countsInSeries } from './rulebook.ts';

type Shot = { doseNumber: number; date: CalendarDate; productCode: string };

/** That a list of a priority group has somebody, for vaccinations on these days; half-open. */
export type Membership = { groupCode: string; from: string; to: string | null };

/** What the rules need to know of a person. */
export type Person = {
  dateOfBirth: CalendarDate;
  residency: readonly { from: CalendarDate; to: CalendarDate | null }[];
  /** Doses of all vaccines, wherever they were given: abroad, by other forces, in a trial. */
  doses: readonly Shot[];
  /** Live bookings of all programmes; one that only would be made has no id yet. */
  bookings: readonly (Shot & { reservationId?: string })[];
  /** Lists of priority groups that have them, from a day of vaccination on and up to another, not included. */
  groups?: readonly Membership[];
};

/** A person as they are without one of their bookings; others of the same number, of another programme, stay. */
export const withoutBooking = (person: Person, reservationId: string): Person => ({
  ...person,
  bookings: person.bookings.filter((one) => one.reservationId !== reservationId),
});

/** A dose given or booked, with the numbers of its series that it stands for. */
export type CountedShot = {
  first: number;
  last: number;
  date: CalendarDate;
  productCode: string;
  given: boolean;
};

/** What of a person's history counts for a programme, and what is of another vaccine. */
export type History = { series: CountedShot[]; others: Shot[] };

/** Sorts doses and bookings by a programme's series; a booking of a dose that was given is left out. */
export function historyFor(person: Person, programmeCode: string, rules: Rulebook): History {
  const history: History = { series: [], others: [] };
  const isGiven = (doseNumber: number): boolean =>
    covers(
      history.series.filter((one) => one.given),
      doseNumber,
    );
  const take = (shot: Shot, given: boolean): void => {
    if (!countsInSeries(rules, programmeCode, shot.productCode)) {
      history.others.push(shot);
      return;
    }
    const product = rules.products.find((one) => one.productCode === shot.productCode);
    const last = shot.doseNumber + (product?.countsAsDoses ?? 1) - 1;
    const { doseNumber: first, date, productCode } = shot;
    if (given || !isGiven(first)) history.series.push({ first, last, date, productCode, given });
  };
  for (const dose of person.doses) take(dose, true);
  for (const booking of person.bookings) take(booking, false);
  return history;
}

/** Whether a dose of this number is among them. */
export const covers = (shots: readonly CountedShot[], doseNumber: number): boolean =>
  shots.some(({ first, last }) => first <= doseNumber && doseNumber <= last);

/** The latest dose of the series before this number. */
export function shotBefore(history: History, doseNumber: number): CountedShot | undefined {
  return history.series
    .filter((shot) => shot.last < doseNumber)
    .toSorted((a, b) => (a.date === b.date ? a.last - b.last : a.date < b.date ? -1 : 1))
    .at(-1);
}
