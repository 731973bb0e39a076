import type { ResidentCopy } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** What other services may know, as columns of a resident. */
export const COPY_COLUMNS = `id AS "residentId", version::int AS version, birth_day::text AS "dateOfBirth",
  resident.residency, protected AS refer`;

/** What other services may know of the next page of all residents. */
export const residentCopies = (
  query: Query,
  page: { after: string | undefined; limit: number },
): Promise<ResidentCopy[]> =>
  query<ResidentCopy>(
    `SELECT ${COPY_COLUMNS} FROM resident WHERE ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT $2`,
    [page.after ?? null, page.limit],
  );
