import * as contract from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Route } from '@madoguchi/http';
import type { Asked, Edge } from './guarded-route.ts';
import { operationRoute } from './guarded-route.ts';

const API = '/api/v1';

/** PDF bytes with a file name that any browser reads (RFC 6266). */
const printed = (edge: Edge) =>
  operationRoute(edge, {
    path: `${API}/tickets/print`,
    operation: contract.printTicket,
    replyType: 'application/pdf',
    async answer(asked, response) {
      const answer = await edge.call(contract.printTicket, asked.body as never, asked.context);
      if (!answer.ok) return answer;
      const name = encodeURIComponent(answer.value.fileName);
      response
        .type('application/pdf')
        .set('content-disposition', `inline; filename="ticket.pdf"; filename*=UTF-8''${name}`)
        .send(Buffer.from(answer.value.pdfBase64, 'base64'));
      return 'answered';
    },
  });

/** Runs a command and then looks at the desk's case again, so that the screen follows at once. */
const thenRefresh =
  (edge: Edge, operation: contract.AnyOperation) =>
  async ({ body, context, desk }: Asked) => {
    const answer = await edge.call(operation, body, context);
    if (answer.ok) await desk.refreshCase();
    return answer;
  };

/** What operators and supervisors do, one operation a route. */
export function operationRoutes(edge: Edge): Route[] {
  const refreshing = (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, {
      path: API + path,
      operation,
      idempotent: true,
      answer: thenRefresh(edge, operation),
    });
  const query = (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, { path: API + path, operation });
  const command = (path: string, operation: contract.AnyOperation): Route =>
    operationRoute(edge, { path: API + path, operation, idempotent: true });
  const verification = (
    path: string,
    operation: typeof contract.verifyPerson | typeof contract.verifyAtDesk,
  ): Route =>
    operationRoute(edge, {
      path: API + path,
      operation,
      reply: contract.VerificationState,
      answer: async ({ desk, body }) => {
        const answer = await desk.verify(operation, body as never);
        return answer.ok ? ok(answer.value) : answer;
      },
    });
  return [
    refreshing('/cases', contract.openCase),
    refreshing('/case/close', contract.closeCase),
    refreshing('/case/refer', contract.referCase),
    refreshing('/desk/take', contract.takeReferredCase),
    query('/desk/cases', contract.listReferredCases),
    query('/case/search', contract.searchCandidates),
    verification('/case/verify', contract.verifyPerson),
    verification('/desk/verify', contract.verifyAtDesk),
    query('/venues', contract.listVenues),
    query('/slots/search', contract.findFreeSlots),
    query('/eligibility', contract.checkEligibility),
    command('/holds', contract.holdSlot),
    command('/holds/release', contract.releaseHold),
    command('/reservations', contract.bookSlot),
    command('/reservations/change', contract.changeReservation),
    command('/reservations/cancel', contract.cancelReservation),
    command('/tickets/reissue', contract.reissueTicket),
    printed(edge),
    query('/tickets/ledger', contract.listTicketLedger),
    command('/approvals', contract.requestApproval),
    command('/approvals/decide', contract.decideApproval),
    query('/approvals/list', contract.listApprovals),
    query('/workers', contract.listWorkers),
    command('/workers/add', contract.addWorker),
    command('/workers/disable', contract.disableWorker),
    command('/terminals/codes', contract.createTerminalCode),
    query('/custody/list', contract.listCustody),
    command('/custody', contract.recordCustody),
    query('/audit/entries', contract.listAuditEntries),
    query('/audit/verify', contract.verifyAuditLog),
  ];
}
