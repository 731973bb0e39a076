import { createHmac } from 'node:crypto';
import type { Query } from '@madoguchi/database';
import { newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import type { ReadItems } from '../domain/compare-items.ts';
import { factsThatPoint } from '../domain/compare-items.ts';
import type { Failures } from '../domain/thresholds.ts';

/**
 * Keyed digests of who was looked for: the ticket, and every pair of other facts. Whoever varies one
 * fact to find out another stays the same seeker of the same person.
 */
export function personDigests(lookupKey: string, read: ReadItems): string[] {
  const key = Buffer.from(lookupKey, 'base64url');
  return factsThatPoint(read).map((fact) =>
    createHmac('sha256', key).update(fact).digest('base64url'),
  );
}

export type Attempt = {
  caseId: string;
  operatorId: string;
  digests: readonly string[];
  atDesk: boolean;
  now: Date;
};

/**
 * Failures so far: in the case, and since midnight in Tokyo for the person and the operator. Tries at
 * the supervisor desk are not among them.
 */
export async function countFailures(query: Query, attempt: Attempt): Promise<Failures> {
  const midnight = tokyoInstant(tokyoDate(attempt.now), '00:00');
  const [row] = await query<Failures>(
    `SELECT
       (SELECT count(*)::int FROM failed_verification WHERE case_id = $1::uuid AND NOT at_desk) AS "ofCase",
       (SELECT count(*)::int FROM failed_verification
        WHERE operator_id = $2 AND at >= $4 AND NOT at_desk) AS "ofOperator",
       (SELECT COALESCE(max(times), 0)::int FROM (
          SELECT count(*) AS times FROM unnest($3::text[]) AS looked_for
          JOIN failed_verification f ON f.person_digests @> ARRAY[looked_for] AND f.at >= $4 AND NOT f.at_desk
          GROUP BY looked_for) AS by_person) AS "ofPerson"`,
    [attempt.caseId, attempt.operatorId, attempt.digests, midnight],
  );
  return row ?? { ofCase: 0, ofPerson: 0, ofOperator: 0 };
}

export async function recordFailure(query: Query, attempt: Attempt): Promise<void> {
  await query(
    `INSERT INTO failed_verification (id, at, case_id, operator_id, person_digests, at_desk)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5::text[], $6)`,
    [newId(), attempt.now, attempt.caseId, attempt.operatorId, attempt.digests, attempt.atDesk],
  );
}

/** One verification of a case, and of a person, at a time, so that limits cannot be raced. */
export async function lockAttempt(query: Query, attempt: Attempt): Promise<void> {
  await query(
    `SELECT pg_advisory_xact_lock(place) FROM (
       SELECT DISTINCT hashtextextended(held, 23) AS place FROM unnest($1::text[]) AS held ORDER BY place
     ) AS places`,
    [[attempt.caseId, ...attempt.digests]],
  );
}

/** Failures count for a day; two are kept, for the clocks' sake. */
export async function dropOldFailures(query: Query, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 2 * 86_400_000);
  await query('DELETE FROM failed_verification WHERE at < $1', [before]);
}
