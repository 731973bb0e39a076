import type { Query } from '@madoguchi/database';
import type { ActorClaims } from '@madoguchi/contracts';
import type { VenueAssignment } from '../domain/venue-assignment.ts';
import type { ContractTerms } from '../domain/working-hours.ts';

export type WorkerRow = ContractTerms & {
  id: string;
  login: string;
  displayName: string;
  role: ActorClaims['role'];
  organisation: string;
  extension: string | null;
  passwordHash: string;
  totpSecret: never;
  totpStep: number;
  suspended: boolean;
  venues: VenueAssignment[];
};

const WORKER = /* sql */ `
SELECT w.id, w.login, w.display_name AS "displayName", w.role, o.name AS organisation, w.extension,
  w.password_hash AS "passwordHash", w.totp_secret AS "totpSecret", w.totp_step::float8 AS "totpStep",
  w.suspended_at IS NOT NULL AS suspended, o.hours_from AS "hoursFrom", o.hours_to AS "hoursTo",
  o.contract_from::text AS "contractFrom", o.contract_to::text AS "contractTo",
  (SELECT coalesce(json_agg(json_build_object('venueCode', a.venue_code, 'from', a.from_day, 'to', a.to_day)), '[]')
   FROM venue_assignment a WHERE a.worker_id = w.id) AS venues
FROM worker w JOIN organisation o ON o.id = w.organisation_id`;

const first = <T>(rows: T[]): T | undefined => rows[0];

export async function findWorkerByLogin(
  query: Query,
  login: string,
): Promise<WorkerRow | undefined> {
  return first(await query<WorkerRow>(`${WORKER} WHERE w.login = $1 FOR UPDATE OF w`, [login]));
}

export async function getWorker(query: Query, id: string): Promise<WorkerRow> {
  const worker = first(await query<WorkerRow>(`${WORKER} WHERE w.id = $1::uuid`, [id]));
  if (!worker) throw new Error('a session without its worker');
  return worker;
}

export async function workerNames(
  query: Query,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await query<{ id: string; name: string }>(
    `SELECT id, display_name AS name FROM worker WHERE id = ANY($1::uuid[])`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function useTotpStep(query: Query, id: string, step: number): Promise<boolean> {
  const rows = await query(
    `UPDATE worker SET totp_step = $2 WHERE id = $1::uuid AND totp_step < $2 RETURNING id`,
    [id, step],
  );
  return rows.length === 1;
}

/** Suspends a worker from an instant on; their id, or undefined for an unknown login. */
export async function markSuspended(
  query: Query,
  login: string,
  at: Date,
): Promise<string | undefined> {
  const [worker] = await query<{ id: string }>(
    `UPDATE worker SET suspended_at = $2 WHERE login = $1 RETURNING id`,
    [login.toLowerCase(), at],
  );
  return worker?.id;
}
