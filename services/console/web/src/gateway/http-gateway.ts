import { followLine } from './follow-line.ts';
import type { Gateway } from './gateway.ts';
import { sendForJson, sendRequest } from './http-request.ts';
import { reservationCalls } from './reservation-calls.ts';
import type { AsCommand, AsQuery } from './reservation-calls.ts';

const API = '/api/v1';

const query: AsQuery =
  (path) =>
  async <Value>(body: unknown) =>
    sendForJson<Value>({ method: 'POST', path: `${API}${path}`, body });
const command: AsCommand =
  (path) =>
  async <Value>(body: unknown, key: string) =>
    sendForJson<Value>({ method: 'POST', path: `${API}${path}`, body, key });

/** The gateway over HTTP and one WebSocket of the same origin. */
export function createHttpGateway(): Gateway {
  return {
    session: async () => sendForJson({ method: 'GET', path: `${API}/session` }),
    signIn: async (body) => sendForJson({ method: 'POST', path: `${API}/session`, body }),
    enrolTerminal: async (code) =>
      sendForJson({ method: 'POST', path: `${API}/terminals`, body: { code } }),
    stepUp: async (code) =>
      sendForJson({ method: 'POST', path: `${API}/session/step-up`, body: { code } }),
    signOut: async () => sendRequest({ method: 'DELETE', path: `${API}/session` }),
    follow: followLine,

    openCase: command('/cases'),
    closeCase: command('/case/close'),
    referCase: command('/case/refer'),
    listReferredCases: query('/desk/cases'),
    takeReferredCase: command('/desk/take'),

    searchCandidates: query('/case/search'),
    verifyPerson: async (body) => sendForJson({ method: 'POST', path: `${API}/case/verify`, body }),
    verifyAtDesk: async (body) => sendForJson({ method: 'POST', path: `${API}/desk/verify`, body }),

    residencyOn: query('/residents/residency'),
    restrictResident: command('/residents/restrict'),
    liftRestriction: command('/residents/unrestrict'),
    listLeftOut: query('/desk/left-out'),
    openLeftOut: async (body) =>
      sendForJson({ method: 'POST', path: `${API}/desk/left-out/open`, body }),
    settleLeftOut: command('/desk/left-out/settle'),

    ...reservationCalls(query, command),

    reissueTicket: command('/tickets/reissue'),
    async printTicket(body) {
      const answer = await sendRequest({ method: 'POST', path: `${API}/tickets/print`, body });
      return answer.ok ? { ok: true, value: await answer.value.blob() } : answer;
    },

    async printDaySheet(body) {
      const answer = await sendRequest({ method: 'POST', path: `${API}/day-sheets/print`, body });
      return answer.ok ? { ok: true, value: await answer.value.blob() } : answer;
    },

    requestApproval: command('/approvals'),
    decideApproval: command('/approvals/decide'),
    listApprovals: query('/approvals/list'),
    listWorkers: query('/workers'),
    listCustody: query('/custody/list'),
    recordCustody: command('/custody'),

    listAuditEntries: query('/audit/entries'),
    verifyAuditLog: query('/audit/verify'),
  };
}
