import type { listWorkers as ListWorkers } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';
import { roster } from '../store/roster.ts';

/** The roster, by login. */
export function listWorkers(runtime: Runtime<PrismaClient>): Handler<typeof ListWorkers> {
  return async () => ok({ workers: await roster(runtime.database.prisma, runtime.clock.now()) });
}
