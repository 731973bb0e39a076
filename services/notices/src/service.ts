import * as contract from '@madoguchi/contracts';
import { defineService, operation, subscription } from '@madoguchi/service';
import { noticesConfig } from './config.ts';
import { PrismaClient } from './generated/client.ts';
import { listTickets } from './list-tickets/list-tickets.ts';
import { printTicket } from './print-ticket/print-ticket.ts';
import { reissueTicket } from './reissue-ticket/reissue-ticket.ts';
import { followResidents } from './resident-copy/follow-residents.ts';
import { snapshotTickets } from './snapshot-tickets/snapshot-tickets.ts';

/** Vaccination tickets: numbers issued and voided, reissue, print. */
export const notices = defineService({
  name: 'notices',
  config: noticesConfig,
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    operation(contract.listTickets, listTickets(runtime)),
    operation(contract.reissueTicket, reissueTicket(runtime)),
    operation(contract.printTicket, printTicket(runtime), { concurrency: 4 }),
    operation(contract.snapshotTickets, snapshotTickets(runtime)),
    subscription('residents', [contract.residentsChanged], followResidents),
  ],
});
