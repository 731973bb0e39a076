import type { listVenues as ListVenues } from '@madoguchi/contracts';
import { ok, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { Rulebook } from '../domain/rulebook.ts';
import type { PrismaClient } from '../generated/client.ts';
import { readRulebook } from '../store/rulebook-store.ts';
import { venuesInUse } from '../store/venues-in-use.ts';

/** Dose numbers that a product is given as from today on; none for a product of the past. */
function dosesOf(rules: Rulebook, productCode: string, today: string): number[] {
  const numbers = rules.doseRules
    .filter(
      ({ productCodes, validTo }) =>
        productCodes.includes(productCode) && (validTo === null || today < validTo),
    )
    .flatMap(({ doseFrom, doseTo }) =>
      Array.from({ length: doseTo - doseFrom + 1 }, (_, place) => doseFrom + place),
    );
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** Venues and products that can be asked for. */
export function listVenues(runtime: Runtime<PrismaClient>): Handler<typeof ListVenues> {
  return async () => {
    const now = runtime.clock.now();
    const today = tokyoDate(now);
    const [venues, rules] = await Promise.all([
      venuesInUse(runtime.database.prisma, today),
      readRulebook(runtime.database.read, now),
    ]);
    return ok({
      venues: venues.map((venue) => ({
        venueCode: venue.code,
        name: { ja: venue.nameJa, en: venue.nameEn },
        town: venue.town,
        address: venue.address,
      })),
      products: rules.products
        .map(({ productCode, name }) => ({
          productCode,
          name,
          doses: dosesOf(rules, productCode, today),
        }))
        .filter(({ doses }) => doses.length > 0),
    });
  };
}
