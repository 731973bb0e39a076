import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** What other services may know of these residents, or of the next page of all. */
export async function residentCopies(
  query: Query,
  which: { ids: readonly string[] } | { after: string | undefined; limit: number },
): Promise<ResidentCopy[]> {
  const [condition, values] =
    'ids' in which
      ? ['id = ANY($1::uuid[])', [which.ids]]
      : [
          `($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT ${which.limit}`,
          [which.after ?? null],
        ];
  return query<ResidentCopy>(
    `SELECT id AS "residentId", version::int AS version, birth_day::text AS "dateOfBirth", protected AS refer,
       jsonb_build_array(jsonb_build_object(
         'from', COALESCE(CASE WHEN residency_event_reason IN ('転入', '出生', '職権記載', '帰化', '国籍取得')
                               THEN residency_event_date END, birth_day)::text,
         'to', removal_date::text)) AS residency
     FROM resident WHERE ${condition}`,
    values,
  );
}
