import type { Query, Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import type { ListedAs } from '../domain/membership.ts';

export type MemberKey = { residentId: string; groupCode: string };
export type MemberRow = MemberKey & ListedAs;

const COLUMNS = /* sql */ `resident_id AS "residentId", group_code AS "groupCode", valid_from::text AS "from",
  valid_to::text AS "to", source`;

/** Changes of the lists come one after another; the first lock of who changes one. */
export async function lockLists(tx: Transaction): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('group-member', 47))`);
}

/** What the lists say of these people. */
export const standingMembers = (query: Query, keys: readonly MemberKey[]): Promise<MemberRow[]> =>
  query<MemberRow>(
    `SELECT ${COLUMNS} FROM group_member
     JOIN jsonb_to_recordset($1::jsonb) AS k("residentId" uuid, "groupCode" text)
       ON resident_id = k."residentId" AND group_code = k."groupCode"`,
    [JSON.stringify(keys)],
  );

/** Everybody whom the lists of these groups have on a day or later. */
export const membersSince = (
  query: Query,
  groupCodes: readonly string[],
  day: CalendarDate,
): Promise<MemberRow[]> =>
  query<MemberRow>(
    `SELECT ${COLUMNS} FROM group_member
     WHERE group_code = ANY($1::text[]) AND (valid_to IS NULL OR valid_to > $2::date) AND valid_to IS DISTINCT FROM valid_from`,
    [groupCodes, day],
  );

/**
 * Writes what the lists say of people now, keeps it as a state of its history, and has their future bookings
 * judged anew. @returns the revision of each, in no order
 */
export const writeMembers = (
  tx: Transaction,
  members: readonly MemberRow[],
  told: { reason: string; now: Date },
): Promise<{ residentId: string; groupCode: string; revision: number }[]> =>
  tx.query(
    `WITH asked AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS m("residentId" uuid, "groupCode" text, "from" date, "to" date,
         source text)
     ), written AS (
       INSERT INTO group_member (resident_id, group_code, valid_from, valid_to, source, reason, entered_by, entered_at,
         revision)
       SELECT "residentId", "groupCode", "from", "to", source, $2, $3, $4, 1 FROM asked
       ON CONFLICT (resident_id, group_code) DO UPDATE SET valid_from = excluded.valid_from,
         valid_to = excluded.valid_to, source = excluded.source, reason = excluded.reason,
         entered_by = excluded.entered_by, entered_at = excluded.entered_at, revision = group_member.revision + 1
       RETURNING *
     ), kept AS (
       INSERT INTO group_member_change (resident_id, group_code, revision, valid_from, valid_to, source, reason,
         changed_by, changed_at)
       SELECT resident_id, group_code, revision, valid_from, valid_to, source, reason, entered_by, entered_at FROM written
     ), due AS (
       INSERT INTO recheck_resident (resident_id, changed_at) SELECT DISTINCT resident_id, $4::timestamptz FROM written
       ON CONFLICT (resident_id) DO UPDATE SET changed_at = excluded.changed_at
     )
     SELECT resident_id AS "residentId", group_code AS "groupCode", revision FROM written`,
    [JSON.stringify(members), told.reason, tx.who.actorId, told.now],
  );

export type Membership = Omit<MemberRow, 'residentId'> & {
  reason: string;
  enteredBy: string;
  enteredAt: Date;
  revision: number;
};

/** Every list that has, or had, somebody; what was taken back whole is not among them. */
export const membershipsOf = (query: Query, residentId: string): Promise<Membership[]> =>
  query<Membership>(
    `SELECT group_code AS "groupCode", valid_from::text AS "from", valid_to::text AS "to", source, reason,
       entered_by AS "enteredBy", entered_at AS "enteredAt", revision
     FROM group_member WHERE resident_id = $1::uuid AND valid_to IS DISTINCT FROM valid_from ORDER BY group_code`,
    [residentId],
  );

export type MemberCounts = {
  groupCode: string;
  members: number;
  ending: number;
  ahead: number;
  changedAt: Date;
};

/** How many each list has on a day. */
export const countMembers = (query: Query, day: CalendarDate): Promise<MemberCounts[]> =>
  query<MemberCounts>(
    `SELECT group_code AS "groupCode",
       count(*) FILTER (WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date))::int AS members,
       count(*) FILTER (WHERE valid_from <= $1::date AND valid_to > $1::date)::int AS ending,
       count(*) FILTER (WHERE valid_from > $1::date AND valid_to IS DISTINCT FROM valid_from)::int AS ahead,
       max(entered_at) AS "changedAt"
     FROM group_member GROUP BY group_code`,
    [day],
  );
