import type { BudgetSubject, MisuseKind } from '@madoguchi/contracts';
import { misuseSuspected } from '@madoguchi/contracts';
import type { Query, Transaction } from '@madoguchi/database';
import type { CalendarDate } from '@madoguchi/kernel';
import { newId, tokyoDate } from '@madoguchi/kernel';
import type { Counted } from '../domain/budget-subjects.ts';

type UsedUp = { per: BudgetSubject; subject: string; used: number; most: number };

/** Of subjects that were counted: those whose budget of the day is used up and not yet told of. */
const USED_UP = /* sql */ `
SELECT b.per, c.subject, count(*)::int AS used, b.most
FROM (SELECT DISTINCT per, subject FROM unnest($3::text[], $4::text[]) AS c(per, subject)) AS c
JOIN budget b ON b.kind = $1 AND b.per = c.per
JOIN budget_use u ON u.kind = $1 AND u.per = c.per AND u.subject = c.subject AND u.day = $2::date
WHERE NOT EXISTS (SELECT 1 FROM suspicion s
  WHERE s.kind = $1 AND s.per = c.per AND s.subject = c.subject AND s.day = $2::date)
GROUP BY b.per, c.subject, b.most HAVING count(*) >= b.most ORDER BY b.per, c.subject`;

async function suspect(
  tx: Transaction,
  kind: MisuseKind,
  found: UsedUp & { day: CalendarDate; now: Date },
): Promise<void> {
  const { per, subject, used, most, day, now } = found;
  const [raised] = await tx.query<{ id: string }>(
    `INSERT INTO suspicion (id, kind, per, subject, day, raised_at) VALUES ($1::uuid, $2, $3, $4, $5::date, $6)
     ON CONFLICT (kind, per, subject, day) DO NOTHING RETURNING id`,
    [newId(), kind, per, subject, day, now],
  );
  if (!raised) return;
  tx.record({
    type: misuseSuspected,
    aggregateId: raised.id,
    aggregateVersion: 1,
    payload: { suspicionId: raised.id, kind, per, subject, day, used, most },
  });
  tx.audit({
    action: 'misuse-suspected',
    operation: 'reservations.limit-misuse',
    outcome: 'done',
    residents: per === 'resident' ? [subject] : [],
    detail: { kind, per, subject, used, most },
  });
}

/** Counts uses of the day; a budget that they use up is told once, with an audit entry of its own kind. */
export async function countUses(
  tx: Transaction,
  kind: MisuseKind,
  uses: { counted: readonly Counted[]; now: Date },
): Promise<void> {
  const { counted, now } = uses;
  if (counted.length === 0) return;
  const day = tokyoDate(now);
  const columns = [counted.map(({ per }) => per), counted.map(({ subject }) => subject)];
  await tx.query(
    `INSERT INTO budget_use (id, kind, per, subject, day)
     SELECT id, $1, per, subject, $2::date FROM unnest($3::text[], $4::text[], $5::uuid[]) AS c(per, subject, id)`,
    [kind, day, ...columns, counted.map(() => newId())],
  );
  for (const found of await tx.query<UsedUp>(USED_UP, [kind, day, ...columns]))
    await suspect(tx, kind, { ...found, day, now });
}

/** Those of the subjects that are suspected today, as `per/subject`. */
export async function suspectedAmong(
  query: Query,
  kind: MisuseKind,
  asked: { counted: readonly Counted[]; now: Date },
): Promise<Set<string>> {
  const rows = await query<Counted>(
    `SELECT s.per, s.subject FROM suspicion s
     JOIN unnest($3::text[], $4::text[]) AS c(per, subject) ON c.per = s.per AND c.subject = s.subject
     WHERE s.kind = $1 AND s.day = $2::date`,
    [
      kind,
      tokyoDate(asked.now),
      asked.counted.map(({ per }) => per),
      asked.counted.map(({ subject }) => subject),
    ],
  );
  return new Set(rows.map(({ per, subject }) => `${per}/${subject}`));
}

/** Is any of them suspected today? Then the command is refused, and the log says so. */
export async function isBarred(
  tx: Transaction,
  kind: MisuseKind,
  asked: { counted: readonly Counted[]; now: Date; operation: string },
): Promise<boolean> {
  const suspected = await suspectedAmong(tx.query, kind, asked);
  if (suspected.size === 0) return false;
  tx.audit({
    action: 'refusal',
    operation: asked.operation,
    outcome: 'refused',
    residents: asked.counted.flatMap(({ per, subject }) => (per === 'resident' ? [subject] : [])),
    detail: { kind, suspected: [...suspected].map((name) => name.slice(0, name.indexOf('/'))) },
  });
  return true;
}

/** Uses of days gone by count for nothing. */
export async function dropUses(query: Query, today: CalendarDate): Promise<void> {
  await query(`DELETE FROM budget_use WHERE day < $1::date`, [today]);
}
