import type { listEarlierCases as ListEarlierCases } from '@madoguchi/contracts';
import { EarlierCaseView } from '@madoguchi/contracts';
import { isId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import { project } from '@madoguchi/policy';
import type { Runtime } from '@madoguchi/service';
import { earlierCases } from '../store/served-residents.ts';

/** Earlier cases in which the resident of a grant was served, newest first. */
export function listEarlierCases(runtime: Runtime): Handler<typeof ListEarlierCases> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    if (request.cursor !== undefined && !isId(request.cursor))
      return refuse('malformed_request', { items: ['cursor'] });
    const rows = await runtime.database.transaction(context.who, async (tx) => {
      const { residentId, cursor, limit } = request;
      const { caseId } = grant;
      const found = await earlierCases(tx.query, { residentId, caseId, cursor, limit });
      tx.audit({
        action: 'disclosure',
        operation: 'calls.list-earlier-cases',
        outcome: 'done',
        residents: [residentId],
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
