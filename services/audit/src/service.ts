import * as contract from '@madoguchi/contracts';
import { defineService, operation } from '@madoguchi/service';
import { PrismaClient } from './generated/client.ts';
import { listEntries } from './list-entries/list-entries.ts';
import { receiveEntries } from './receive-entries/receive-entries.ts';
import { verifyLog } from './verify-log/verify-log.ts';

/** Append-only tamper-evident log of every look and every change. */
export const audit = defineService({
  name: 'audit',
  config: {},
  prisma: {
    directory: new URL('../prisma/', import.meta.url),
    client: (adapter) => new PrismaClient({ adapter }),
  },
  wire: (runtime) => [
    operation(contract.listAuditEntries, listEntries(runtime)),
    operation(contract.verifyAuditLog, verifyLog(runtime), { concurrency: 1 }),
    ...receiveEntries(runtime),
  ],
});
