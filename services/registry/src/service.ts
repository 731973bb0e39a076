import * as contract from '@madoguchi/contracts';
import { defineService, job, operation, subscription, tellsAlive } from '@madoguchi/service';
import { calleesOfCase } from './callees-of-case/callees-of-case.ts';
import { followApprovals } from './copies/follow-approvals.ts';
import { followTickets } from './copies/follow-tickets.ts';
import { deriveSearchKeys } from './derive-search-keys/derive-search-keys.ts';
import { forgetFailures } from './forget-failures/forget-failures.ts';
import { PrismaClient } from './generated/client.ts';
import { liftRestriction } from './restrict-resident/lift-restriction.ts';
import { restrictResident } from './restrict-resident/restrict-resident.ts';
import { residencyOn } from './residency-on/residency-on.ts';
import { matchAddressees } from './match-addressees/match-addressees.ts';
import { namesForDaySheet } from './names-for-day-sheet/names-for-day-sheet.ts';
import { numberOnRecord } from './number-on-record/number-on-record.ts';
import { recipientForPrint } from './recipient-for-print/recipient-for-print.ts';
import { renewGrant } from './renew-grant/renew-grant.ts';
import { revealResident } from './reveal-resident/reveal-resident.ts';
import { searchCandidates } from './search-candidates/search-candidates.ts';
import { snapshotResidents } from './snapshot-residents/snapshot-residents.ts';
import { listLeftOut } from './serve-left-out/list-left-out.ts';
import { settleLeftOut } from './serve-left-out/settle-left-out.ts';
import { openLeftOut } from './verify-person/open-left-out.ts';
import { verifyAtDesk } from './verify-person/verify-at-desk.ts';
import { verifyPerson } from './verify-person/verify-person.ts';

/** 参照システム: the resident reference. Verifies, and reveals only with a grant. */
export const registry = defineService({
  name: 'registry',
  config: {},
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    operation(contract.verifyPerson, verifyPerson(runtime)),
    operation(contract.verifyAtDesk, verifyAtDesk(runtime)),
    operation(contract.searchCandidates, searchCandidates(runtime)),
    operation(contract.numberOnRecord, numberOnRecord(runtime)),
    operation(contract.renewGrant, renewGrant(runtime)),
    operation(contract.revealResident, revealResident(runtime)),
    operation(contract.recipientForPrint, recipientForPrint(runtime)),
    operation(contract.namesForDaySheet, namesForDaySheet(runtime)),
    operation(contract.matchAddressees, matchAddressees(runtime)),
    operation(contract.residencyOn, residencyOn(runtime)),
    operation(contract.restrictResident, restrictResident(runtime)),
    operation(contract.liftRestriction, liftRestriction(runtime)),
    operation(contract.calleesOfCase, calleesOfCase(runtime)),
    operation(contract.listLeftOut, listLeftOut(runtime)),
    operation(contract.openLeftOut, openLeftOut(runtime)),
    operation(contract.settleLeftOut, settleLeftOut(runtime)),
    operation(contract.snapshotResidents, snapshotResidents(runtime)),
    subscription('tickets', [contract.ticketsIssued, contract.ticketVoided], followTickets),
    subscription('approvals', [contract.approvalDecided], followApprovals),
    job('derive-search-keys', 5_000, deriveSearchKeys(runtime)),
    job('forget-failures', 3_600_000, forgetFailures(runtime)),
    tellsAlive(runtime, contract.registryAlive),
  ],
});
