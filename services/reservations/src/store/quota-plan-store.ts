import type { Query } from '@madoguchi/database';
import type { PerChannel } from '../domain/slot-state.ts';

export type QuotaPlan = {
  id: string;
  sessionId: string;
  at: Date;
  quotas: PerChannel;
  plannedBy: string;
};

export async function insertPlan(query: Query, plan: QuotaPlan): Promise<void> {
  const { quotas } = plan;
  await query(
    `INSERT INTO quota_plan (id, session_id, at, phone_quota, web_quota, staff_quota, walk_in_quota, planned_by)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8)`,
    [
      plan.id,
      plan.sessionId,
      plan.at,
      quotas.phone,
      quotas.web,
      quotas.staff,
      quotas['walk-in'],
      plan.plannedBy,
    ],
  );
}

/** Plans whose instant has come, in the order in which they hold. */
export async function duePlans(query: Query, now: Date): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'SELECT id FROM quota_plan WHERE applied_at IS NULL AND at <= $1 ORDER BY at, id LIMIT 200',
    [now],
  );
  return rows.map(({ id }) => id);
}

/** The plan, for whoever is the first to claim it; it counts as applied with the transaction. */
export async function claimPlan(
  query: Query,
  id: string,
  now: Date,
): Promise<Pick<QuotaPlan, 'sessionId' | 'quotas'> | undefined> {
  const [row] = await query<Pick<QuotaPlan, 'sessionId' | 'quotas'>>(
    `UPDATE quota_plan SET applied_at = $2 WHERE id = $1::uuid AND applied_at IS NULL
     RETURNING session_id AS "sessionId", json_build_object('phone', phone_quota, 'web', web_quota, 'staff', staff_quota,
       'walk-in', walk_in_quota) AS quotas`,
    [id, now],
  );
  return row;
}

/** Sessions with slots that have the size they were cut to, and no promises yet. */
export async function sessionsWithEndedCuts(query: Query): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT DISTINCT session_id AS id FROM slot
     WHERE target_capacity IS NOT NULL AND target_capacity = capacity AND session_id IS NOT NULL LIMIT 100`,
  );
  return rows.map(({ id }) => id);
}

/** Plans of sessions that wait for their instant, in the order in which they will hold. */
export async function plansToCome(
  query: Query,
  sessionIds: readonly string[],
): Promise<Map<string, Pick<QuotaPlan, 'at' | 'quotas'>[]>> {
  const rows = await query<Pick<QuotaPlan, 'sessionId' | 'at' | 'quotas'>>(
    `SELECT session_id AS "sessionId", at, json_build_object('phone', phone_quota, 'web', web_quota,
       'staff', staff_quota, 'walk-in', walk_in_quota) AS quotas
     FROM quota_plan WHERE applied_at IS NULL AND session_id = ANY($1::uuid[]) ORDER BY at, id`,
    [sessionIds],
  );
  const plans = new Map<string, Pick<QuotaPlan, 'at' | 'quotas'>[]>();
  for (const { sessionId, ...plan } of rows)
    plans.set(sessionId, [...(plans.get(sessionId) ?? []), plan]);
  return plans;
}
