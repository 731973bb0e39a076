import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import type { DoseRule, Person } from '../domain/eligibility.ts';

/** The copies of a person: undefined while the registry has not told of them. */
export async function findPerson(query: Query, residentId: string): Promise<Person | undefined> {
  const [row] = await query<{ dateOfBirth: CalendarDate; residency: Person['residency'] }>(
    `SELECT date_of_birth::text AS "dateOfBirth", residency FROM resident_copy WHERE resident_id = $1::uuid`,
    [residentId],
  );
  if (!row) return undefined;
  const doses = await query<Person['doses'][number]>(
    `SELECT dose_number AS "doseNumber", vaccination_date::text AS date, product_code AS "productCode"
     FROM dose_copy WHERE resident_id = $1::uuid`,
    [residentId],
  );
  const bookings = await query<Person['bookings'][number]>(
    `SELECT r.dose_number AS "doseNumber", s.day::text AS date
     FROM reservation r JOIN slot s ON s.id = r.slot_id
     WHERE r.resident_id = $1::uuid AND r.state IN ('booked', 'attended')`,
    [residentId],
  );
  return { ...row, doses, bookings };
}

/** Rules of the programme that is on offer. */
export async function doseRules(query: Query): Promise<DoseRule[]> {
  return query<DoseRule>(
    `SELECT programme_code AS "programmeCode", dose_number AS "doseNumber", product_codes AS "productCodes",
       valid_from::text AS "validFrom", valid_to::text AS "validTo", age_from AS "ageFrom", age_below AS "ageBelow",
       minimum_days_between AS "minimumDaysBetween", minimum_months AS "minimumMonths",
       month_overflow AS "monthOverflow"
     FROM dose_rule ORDER BY dose_number, valid_from`,
  );
}
