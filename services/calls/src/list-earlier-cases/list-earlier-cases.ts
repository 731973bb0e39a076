import type { AFTER_CALL_CODES, listEarlierCases as ListEarlierCases } from '@madoguchi/contracts';
import { EarlierCaseView } from '@madoguchi/contracts';
import { isId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import type { CaseRow } from '../store/case-store.ts';

type EarlierRow = {
  id: string;
  kind: CaseRow['kind'];
  openedAt: Date;
  afterCallCode: (typeof AFTER_CALL_CODES)[number] | null;
};

/** Earlier cases in which the resident of a grant was served, newest first. */
export function listEarlierCases(runtime: Runtime): Handler<typeof ListEarlierCases> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (request.cursor !== undefined && !isId(request.cursor))
      return refuse('malformed_request', { items: ['cursor'] });
    const rows = await runtime.database.transaction(context.who, async (tx) => {
      const found = await tx.query<EarlierRow>(
        `SELECT r.id, r.kind, r.opened_at AS "openedAt", r.after_call_code AS "afterCallCode"
         FROM case_record r JOIN case_resident s ON s.case_id = r.id
         WHERE s.resident_id = $1::uuid AND r.id <> $2::uuid AND ($3::uuid IS NULL OR r.id < $3::uuid)
         ORDER BY r.id DESC LIMIT $4`,
        [request.residentId, grant.caseId, request.cursor ?? null, request.limit],
      );
      tx.audit({
        action: 'disclosure',
        operation: 'calls.list-earlier-cases',
        outcome: 'done',
        residents: [request.residentId],
        purpose: grant.purposes[0],
        detail: { rows: found.length },
      });
      return found;
    });
    const last = rows.at(-1);
    return ok({
      cases: rows.map((row) =>
        project(
          EarlierCaseView,
          {
            caseId: row.id,
            kind: row.kind,
            openedAt: row.openedAt.toISOString(),
            afterCallCode: row.afterCallCode,
          },
          grant.classes,
        ),
      ),
      ...(last && rows.length === request.limit ? { nextCursor: last.id } : {}),
    });
  };
}
