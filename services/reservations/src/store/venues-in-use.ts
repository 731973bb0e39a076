import type { PrismaClient } from '../generated/client.ts';

/** Venues that are not given up on a day, by code. */
export const venuesInUse = (prisma: PrismaClient, today: string) =>
  prisma.venue.findMany({
    where: { OR: [{ activeTo: null }, { activeTo: { gt: new Date(today) } }] },
    orderBy: { code: 'asc' },
  });
