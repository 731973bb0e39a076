import * as contract from '@madoguchi/contracts';
import { defineService, operation, subscription } from '@madoguchi/service';
import { followVerifications } from './case-residents/follow-verifications.ts';
import { closeCase } from './close-case/close-case.ts';
import { followSessions } from './desk-sessions/follow-sessions.ts';
import { PrismaClient } from './generated/client.ts';
import { getCase } from './get-case/get-case.ts';
import { listEarlierCases } from './list-earlier-cases/list-earlier-cases.ts';
import { openCase } from './open-case/open-case.ts';
import { openSelfServiceCase } from './open-self-service-case/open-self-service-case.ts';
import { endReleasedCase } from './open-work-item-case/end-released-case.ts';
import { openWorkItemCase } from './open-work-item-case/open-work-item-case.ts';
import { openVenueVisit } from './open-venue-visit/open-venue-visit.ts';
import { recordTelephoneEvent } from './record-telephone-event/record-telephone-event.ts';
import { listReferredCases } from './refer-case/list-referred-cases.ts';
import { referCase } from './refer-case/refer-case.ts';
import { takeReferredCase } from './refer-case/take-referred-case.ts';

/** Telephone events in; cases of every kind. */
export const calls = defineService({
  name: 'calls',
  config: {},
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    operation(contract.recordTelephoneEvent, recordTelephoneEvent(runtime)),
    operation(contract.getCase, getCase(runtime)),
    operation(contract.openCase, openCase(runtime)),
    operation(contract.openWorkItemCase, openWorkItemCase(runtime)),
    operation(contract.openVenueVisit, openVenueVisit(runtime)),
    operation(contract.openSelfServiceCase, openSelfServiceCase(runtime)),
    operation(contract.referCase, referCase(runtime)),
    operation(contract.takeReferredCase, takeReferredCase(runtime)),
    operation(contract.listReferredCases, listReferredCases(runtime)),
    operation(contract.closeCase, closeCase(runtime)),
    operation(contract.listEarlierCases, listEarlierCases(runtime)),
    subscription('desk-sessions', [contract.sessionOpened, contract.sessionClosed], followSessions),
    subscription('case-residents', [contract.residentVerified], followVerifications),
    subscription('work-items', [contract.workItemReleased], endReleasedCase(runtime)),
  ],
});
