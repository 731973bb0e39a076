import type { listWorkers as ListWorkers, Role } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';

/** The roster, by login. */
export async function roster(prisma: PrismaClient) {
  const rows = await prisma.worker.findMany({
    orderBy: { login: 'asc' },
    include: { organisation: { select: { name: true } } },
  });
  return rows.map((row) => ({
    operatorId: row.id,
    login: row.login,
    displayName: row.displayName,
    role: row.role as Role,
    organisation: row.organisation.name,
    active: row.suspendedAt === null,
    ...(row.extension === null ? {} : { extension: row.extension }),
  }));
}

export function listWorkers(runtime: Runtime<PrismaClient>): Handler<typeof ListWorkers> {
  return async () => ok({ workers: await roster(runtime.database.prisma) });
}
