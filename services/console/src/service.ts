import {
  CaseEndedSignal,
  ResidentTouchedSignal,
  SessionRevokedSignal,
  signalSubjects,
} from '@madoguchi/contracts';
import { defineService, job, listener, onSignal } from '@madoguchi/service';
import { consoleConfig } from './config.ts';
import type { RunningEdge } from './pages/start-edge.ts';
import { startEdge } from './pages/start-edge.ts';

/** Operators' screens, telephone systems and phone agents: the HTTP edge. Owns no data. */
export const consoleService = defineService({
  name: 'console',
  config: consoleConfig,
  wire: (runtime) => {
    let edge: RunningEdge | undefined;
    return [
      listener('http', async () => (edge = await startEdge(runtime))),
      onSignal(signalSubjects.caseEnded, (data) =>
        edge?.desks.caseEnded(CaseEndedSignal.parse(data).caseId),
      ),
      onSignal(signalSubjects.residentTouched, (data) =>
        edge?.desks.residentTouched(ResidentTouchedSignal.parse(data).residentId),
      ),
      onSignal(signalSubjects.sessionRevoked, (data) =>
        edge?.sessionEnded(SessionRevokedSignal.parse(data).sessionId),
      ),
      job('renew-desks', 30_000, async () => edge?.desks.renewAll()),
    ];
  },
});
