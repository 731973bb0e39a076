import type { Query } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import type { Person } from '../domain/eligibility.ts';

type PersonRow = {
  residentId: string;
  dateOfBirth: CalendarDate;
  residency: Person['residency'];
  doses: Person['doses'] | null;
  bookings: Person['bookings'] | null;
  groups: Person['groups'] | null;
};

const PERSON = /* sql */ `
SELECT c.resident_id AS "residentId", c.date_of_birth::text AS "dateOfBirth", c.residency,
  (SELECT json_agg(json_build_object('doseNumber', d.dose_number, 'date', d.vaccination_date, 'productCode', d.product_code))
   FROM dose_copy d WHERE d.resident_id = c.resident_id) AS doses,
  (SELECT json_agg(json_build_object('doseNumber', r.dose_number, 'date', s.day, 'productCode', s.product_code,
     'reservationId', r.id))
   FROM reservation r JOIN slot s ON s.id = r.slot_id
   WHERE r.resident_id = c.resident_id AND r.state IN ('booked', 'attended')) AS bookings,
  (SELECT json_agg(json_build_object('groupCode', m.group_code, 'from', m.valid_from, 'to', m.valid_to))
   FROM group_member m WHERE m.resident_id = c.resident_id) AS groups
FROM resident_copy c WHERE c.resident_id = ANY($1::uuid[])`;

/** The copies of people with their doses, live bookings and lists; those the registry has not told of are not among them. */
export async function findPeople(
  query: Query,
  residentIds: readonly string[],
): Promise<Map<string, Person>> {
  const rows = await query<PersonRow>(PERSON, [residentIds]);
  return new Map(
    rows.map(({ residentId, doses, bookings, groups, ...row }) => [
      residentId,
      { ...row, doses: doses ?? [], bookings: bookings ?? [], groups: groups ?? [] },
    ]),
  );
}

export async function findPerson(query: Query, residentId: string): Promise<Person | undefined> {
  return (await findPeople(query, [residentId])).get(residentId);
}

/** Is it for the desk to speak of this person? So it is while the registry has not told of them. */
export async function isReferred(query: Query, residentId: string): Promise<boolean> {
  const [row] = await query<{ refer: boolean }>(
    'SELECT refer FROM resident_copy WHERE resident_id = $1::uuid',
    [residentId],
  );
  return row?.refer ?? true;
}

export async function bornOn(query: Query, residentId: string): Promise<string | undefined> {
  const [row] = await query<{ born: string }>(
    'SELECT date_of_birth::text AS born FROM resident_copy WHERE resident_id = $1::uuid',
    [residentId],
  );
  return row?.born;
}
