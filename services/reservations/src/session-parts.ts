import * as contract from '@madoguchi/contracts';
import type { Part, Runtime } from '@madoguchi/service';
import { job, operation } from '@madoguchi/service';
import { changeCapacity } from './change-capacity/change-capacity.ts';
import { closeSession } from './close-session/close-session.ts';
import { closeVenueDays } from './close-session/close-venue-days.ts';
import { copySessions } from './copy-sessions/copy-sessions.ts';
import { exportSessions } from './export-sessions/export-sessions.ts';
import { importSessions } from './import-sessions/import-sessions.ts';
import { listSessions } from './list-sessions/list-sessions.ts';
import { openSession } from './open-session/open-session.ts';
import { applyQuotas } from './plan-quotas/apply-quotas.ts';
import { planQuotas } from './plan-quotas/plan-quotas.ts';
import { reopenSession } from './reopen-session/reopen-session.ts';

/** Days of venues: opened, copied, closed, cut, promised to channels. */
export const sessionParts = (runtime: Runtime): Part[] => [
  operation(contract.openSession, openSession(runtime)),
  operation(contract.copySessions, copySessions(runtime)),
  operation(contract.listSessions, listSessions(runtime)),
  operation(contract.closeSession, closeSession(runtime)),
  operation(contract.closeVenueDays, closeVenueDays(runtime)),
  operation(contract.reopenSession, reopenSession(runtime)),
  operation(contract.changeCapacity, changeCapacity(runtime)),
  operation(contract.planQuotas, planQuotas(runtime)),
  operation(contract.importSessions, importSessions(runtime)),
  operation(contract.exportSessions, exportSessions(runtime)),
  job('apply-quotas', 1_000, applyQuotas(runtime)),
];
