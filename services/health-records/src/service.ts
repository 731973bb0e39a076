import * as contract from '@madoguchi/contracts';
import { defineService, operation, subscription, tellsAlive } from '@madoguchi/service';
import { PrismaClient } from './generated/client.ts';
import { listDoses } from './list-doses/list-doses.ts';
import { listTicketLedger } from './list-ticket-ledger/list-ticket-ledger.ts';
import { snapshotDoses } from './snapshot-doses/snapshot-doses.ts';
import { enterTickets } from './ticket-ledger/enter-tickets.ts';

/** 保健所システム: doses given, and the official ledger of tickets. */
export const healthRecords = defineService({
  name: 'health-records',
  config: {},
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    operation(contract.listDoses, listDoses(runtime)),
    operation(contract.listTicketLedger, listTicketLedger(runtime)),
    operation(contract.snapshotDoses, snapshotDoses(runtime)),
    subscription(
      'ticket-ledger',
      [contract.ticketsIssued, contract.ticketVoided],
      enterTickets(runtime),
    ),
    tellsAlive(runtime, contract.healthRecordsAlive),
  ],
});
