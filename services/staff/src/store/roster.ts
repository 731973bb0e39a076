import type { Role } from '@madoguchi/contracts';
import { tokyoDate } from '@madoguchi/kernel';
import type { PrismaClient } from '../generated/client.ts';

/** Every worker by login; venue staff with the venues they work at on the day. */
export async function roster(prisma: PrismaClient, now: Date) {
  const today = new Date(tokyoDate(now));
  const rows = await prisma.worker.findMany({
    orderBy: { login: 'asc' },
    include: {
      organisation: { select: { name: true } },
      venues: {
        where: { fromDay: { lte: today }, OR: [{ toDay: null }, { toDay: { gte: today } }] },
        orderBy: { venueCode: 'asc' },
      },
    },
  });
  return rows.map((row) => ({
    operatorId: row.id,
    login: row.login,
    displayName: row.displayName,
    role: row.role as Role,
    organisation: row.organisation.name,
    active: row.suspendedAt === null,
    ...(row.extension === null ? {} : { extension: row.extension }),
    ...(row.role === 'venue-staff'
      ? { venueCodes: row.venues.map(({ venueCode }) => venueCode) }
      : {}),
  }));
}
