import type { getCase as GetCase } from '@madoguchi/contracts';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { caseView, findLiveCase, findOwnCase } from '../store/case-store.ts';
import { permitFor } from '../store/permit.ts';

/** A case of the asking operator, with a fresh permit; without caseId the live one, if any. */
export function getCase(runtime: Runtime): Handler<typeof GetCase> {
  return async (request, context) => {
    const operatorId = context.actor.sub;
    const row =
      request.caseId === undefined
        ? await findLiveCase(runtime.database.read, operatorId)
        : await runtime.database.transaction(context.who, (tx) =>
            findOwnCase(tx.query, operatorId, request.caseId ?? ''),
          );
    if (!row) return request.caseId === undefined ? ok({}) : refuse('case_not_found');
    return ok({ case: caseView(row), ...(await permitFor(runtime, row, operatorId)) });
  };
}
