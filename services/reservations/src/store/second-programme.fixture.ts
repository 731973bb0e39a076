import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { Rulebook } from '../domain/rulebook.ts';
import { DEMO_PRODUCT } from '../seed-demo/seed-demo.ts';
import type { ReservationsWorld } from './reservations-world.fixture.ts';

/** A vaccine against something else than the demo's, in a programme of its own with one dose. */
export const OTHER_PRODUCT = 'MDG-YB';

function withWinter(rules: Rulebook): Rulebook {
  const name = { ja: '冬(架空)', en: 'Winter (invented)' };
  const [first] = rules.doseRules;
  if (!first) throw new Error('the demo has no rules');
  const winter = { programmeCode: 'winter', ruleCode: 'winter-1', productCodes: [OTHER_PRODUCT] };
  return {
    ...rules,
    vaccines: [...rules.vaccines, { vaccineCode: 'MDG-Y', name, disease: 'winter-y' }],
    products: [
      ...rules.products,
      { productCode: OTHER_PRODUCT, name, vaccineCode: 'MDG-Y', countsAsDoses: 1 },
    ],
    programmes: [
      ...rules.programmes,
      { programmeCode: 'winter', name, series: { diseases: ['winter-y'], productCodes: [] } },
    ],
    doseRules: [...rules.doseRules, { ...first, ...winter }],
  };
}

/** Adds the programme, and slots of it beside those of the demo's first venue. @returns slots of both, by day */
export async function secondProgramme(world: ReservationsWorld) {
  const [copy] = await world.sql<{ rules: Rulebook }>('SELECT rules FROM rulebook_copy');
  if (!copy) throw new Error('the demo has no rules');
  await world.sql('UPDATE rulebook_copy SET rules = $1', [JSON.stringify(withWinter(copy.rules))]);
  await world.sql('INSERT INTO product (code, name_ja, name_en) VALUES ($1, $1, $1)', [
    OTHER_PRODUCT,
  ]);
  const slotOf = async (productCode: string, ahead: number): Promise<string> => {
    const day = addDays(tokyoDate(world.runtime.clock.now()), ahead);
    if (productCode === DEMO_PRODUCT) {
      const [id = ''] = await world.freeSlots(day, 1);
      return id;
    }
    const id = newId();
    await world.sql(
      `INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, opens_at, closes_at)
       SELECT $1, '1312300011', $2, $3::date, '10:00', '10:10', 5, 5, now() - interval '1 day', now() + interval '40 days'`,
      [id, productCode, day],
    );
    return id;
  };
  return { slotOf };
}
