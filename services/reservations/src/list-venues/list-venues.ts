import type { listVenues as ListVenues } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';

/** Venues and products that can be asked for. */
export function listVenues(runtime: Runtime<PrismaClient>): Handler<typeof ListVenues> {
  return async () => {
    const { prisma } = runtime.database;
    const [venues, products, rules] = await Promise.all([
      prisma.venue.findMany({ orderBy: { code: 'asc' } }),
      prisma.product.findMany({ orderBy: { code: 'asc' } }),
      prisma.doseRule.findMany({ orderBy: { doseNumber: 'asc' } }),
    ]);
    return ok({
      venues: venues.map((venue) => ({
        venueCode: venue.code,
        name: { ja: venue.nameJa, en: venue.nameEn },
        town: venue.town,
        address: venue.address,
      })),
      products: products.map((product) => ({
        productCode: product.code,
        name: { ja: product.nameJa, en: product.nameEn },
        doses: [
          ...new Set(
            rules
              .filter((rule) => rule.productCodes.includes(product.code))
              .map((rule) => rule.doseNumber),
          ),
        ],
      })),
    });
  };
}
