import type { Database } from './open-database.ts';

/**
 * How long rows of the house tables are kept, in days. Events can be replayed for 35 days, so what was
 * heard of them is remembered a little longer; nobody sends a command again after a week.
 */
export const KEPT_DAYS = { outbox: 35, inbox: 42, idempotency: 7 } as const;

const LOT = 5_000;

/** Oldest first, a lot at a time, so that no statement holds up the work beside it. */
const STATEMENTS = [
  `DELETE FROM relay.outbox WHERE recorded_at < $1::timestamptz - interval '${KEPT_DAYS.outbox} days'
     AND position IN (SELECT position FROM relay.outbox WHERE published_at IS NOT NULL
                      ORDER BY position LIMIT ${LOT})`,
  `DELETE FROM relay.inbox WHERE ctid = ANY(ARRAY(
     SELECT ctid FROM relay.inbox
     WHERE processed_at < $1::timestamptz - interval '${KEPT_DAYS.inbox} days' LIMIT ${LOT}))`,
  `DELETE FROM relay.idempotency WHERE ctid = ANY(ARRAY(
     SELECT ctid FROM relay.idempotency
     WHERE stored_at < $1::timestamptz - interval '${KEPT_DAYS.idempotency} days' LIMIT ${LOT}))`,
];

/** Drops what has served its time; audit entries stay, and so does what was never published. */
export async function forgetOld(database: Pick<Database, 'pool'>, now: Date): Promise<number> {
  let dropped = 0;
  for (const statement of STATEMENTS) {
    for (;;) {
      const { rowCount } = await database.pool.query(statement, [now]);
      dropped += rowCount ?? 0;
      if ((rowCount ?? 0) < LOT) break;
    }
  }
  return dropped;
}
