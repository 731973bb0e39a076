import * as contract from '@madoguchi/contracts';
import { defineService, operation, subscription } from '@madoguchi/service';
import { decideApproval } from './approvals/decide-approval.ts';
import { followUses } from './approvals/follow-uses.ts';
import { listApprovals } from './approvals/list-approvals.ts';
import { requestApproval } from './approvals/request-approval.ts';
import { authenticateAgent } from './authenticate-agent/authenticate-agent.ts';
import { staffConfig } from './config.ts';
import { listCustody } from './custody/list-custody.ts';
import { recordCustody } from './custody/record-custody.ts';
import { createTerminalCode } from './enrol-terminal/create-terminal-code.ts';
import { enrolTerminal } from './enrol-terminal/enrol-terminal.ts';
import { PrismaClient } from './generated/client.ts';
import { renewActor } from './renew-actor/renew-actor.ts';
import { signIn } from './sign-in/sign-in.ts';
import { signOut } from './sign-out/sign-out.ts';
import { stepUp } from './step-up/step-up.ts';
import { addWorker } from './workers/add-worker.ts';
import { assignVenues } from './workers/assign-venues.ts';
import { disableWorker } from './workers/disable-worker.ts';
import { listWorkers } from './workers/list-workers.ts';

const SIGN_INS_AT_ONCE = 2;

/** Workers, sign-in, terminals, approvals by a second person, the custody ledger. */
export const staff = defineService({
  name: 'staff',
  config: staffConfig,
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    // A password takes a core for a while and the threads that signatures are checked on; a shift that
    // signs in at once waits in line instead of holding up everybody who is signed in.
    operation(contract.signIn, signIn(runtime), { concurrency: SIGN_INS_AT_ONCE }),
    operation(contract.renewActor, renewActor(runtime)),
    operation(contract.signOut, signOut(runtime)),
    operation(contract.stepUp, stepUp(runtime)),
    operation(contract.enrolTerminal, enrolTerminal(runtime)),
    operation(contract.createTerminalCode, createTerminalCode(runtime)),
    operation(contract.authenticateAgent, authenticateAgent(runtime)),
    operation(contract.requestApproval, requestApproval(runtime)),
    operation(contract.decideApproval, decideApproval(runtime)),
    operation(contract.listApprovals, listApprovals(runtime)),
    subscription('used-approvals', contract.approvalUses, followUses),
    operation(contract.recordCustody, recordCustody(runtime)),
    operation(contract.listCustody, listCustody(runtime)),
    operation(contract.addWorker, addWorker(runtime)),
    operation(contract.assignVenues, assignVenues(runtime)),
    operation(contract.disableWorker, disableWorker(runtime)),
    operation(contract.listWorkers, listWorkers(runtime)),
  ],
});
