import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { DoseRule, SessionPattern } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import { isClosedOn } from '../domain/closing-days.ts';
import type { Rules } from '../domain/rulebook.ts';
import { insertSession } from '../store/session-store.ts';
import { findVenue } from '../store/venue-store.ts';

/** The invented programme of the demo: an autumn dose, one product, a second dose for who wants it. */
export const DEMO_PRODUCT = 'MDG-XA';

const VENUES = [
  [
    '1312300011',
    'タワーホール船堀',
    'Tower Hall Funabori',
    '船堀',
    '東京都江戸川区船堀４丁目１番１号',
  ],
  [
    '1312300029',
    '小岩区民館',
    'Koiwa Community Hall',
    '東小岩',
    '東京都江戸川区東小岩６丁目９番１４号',
  ],
  [
    '1312300037',
    '葛西区民館',
    'Kasai Community Hall',
    '中葛西',
    '東京都江戸川区中葛西３丁目１０番１号',
  ],
  [
    '1312300045',
    '小松川クリニック',
    'Komatsugawa Clinic',
    '小松川',
    '東京都江戸川区小松川３丁目６番１号',
  ],
] as const;

const DAYS = 42;
/** Every ten minutes, with a gap at noon and two seats more in the morning's first slot. */
const PATTERN: SessionPattern = {
  startsAt: '09:00',
  endsAt: '16:30',
  slotMinutes: 10,
  gaps: [{ from: '12:00', to: '13:00' }],
  capacity: 6,
  extraAtStart: 2,
  quotas: { phone: 3, web: 2, staff: 0, 'walk-in': 1 },
};

const ANY_AGE_FROM_12 = {
  ageJudgedOn: 'vaccination-day',
  ageFromMonths: 144,
  ageBelowMonths: null,
  bornFrom: null,
  bornTo: null,
  groupCode: null,
} as const;

const demoRule = (doseNumber: number, today: CalendarDate): DoseRule => ({
  ruleCode: `autumn-${doseNumber}`,
  programmeCode: 'autumn',
  doseFrom: doseNumber,
  doseTo: doseNumber,
  productCodes: [DEMO_PRODUCT],
  validFrom: addDays(today, -30),
  validTo: addDays(today, 150),
  ...ANY_AGE_FROM_12,
  previousDose: 'any',
  minimumDaysBetween: doseNumber === 1 ? null : 20,
  minimumMonths: null,
  monthOverflow: 'first-of-next',
  standardOffsetDays: doseNumber === 1 ? null : 21,
  oncePerProgramme: false,
  optional: doseNumber > 1,
  source: null,
  confidence: null,
});

/** Rules and venues to make slots from where programme has told of none: reservations on its own. */
async function standIn(query: Query, today: CalendarDate): Promise<void> {
  const name = { ja: '秋冬ワクチンXA(架空)', en: 'Autumn vaccine XA (invented)' };
  const rules: Rules = {
    version: 0,
    vaccines: [{ vaccineCode: 'MDG-X', name, disease: 'autumn-x' }],
    products: [{ productCode: DEMO_PRODUCT, name, vaccineCode: 'MDG-X', countsAsDoses: 1 }],
    programmes: [
      { programmeCode: 'autumn', name, series: { diseases: ['autumn-x'], productCodes: [] } },
    ],
    doseRules: [demoRule(1, today), demoRule(2, today)],
    otherVaccineRules: [],
    priorityGroups: [],
  };
  await query(
    'INSERT INTO rulebook_copy (version, rules) VALUES (0, $1::jsonb) ON CONFLICT DO NOTHING',
    [JSON.stringify(rules)],
  );
  await query(
    `INSERT INTO product (code, name_ja, name_en) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [DEMO_PRODUCT, name.ja, name.en],
  );
  for (const venue of VENUES)
    await query(
      `INSERT INTO venue (code, name_ja, name_en, town, address) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [...venue],
    );
}

/**
 * Six weeks of slots of the demo's product at every venue that gives it, on its open days; only where no slots
 * lie ahead: there are none yet, or the demo was kept for longer than that.
 */
export async function seedDemoProgramme(
  runtime: Pick<Runtime, 'database' | 'config' | 'clock'>,
): Promise<{ slots: number }> {
  const now = runtime.clock.now();
  const today = tokyoDate(now);
  const who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  return runtime.database.transaction(who, async (tx) => {
    const [ahead] = await tx.query(`SELECT 1 FROM slot WHERE day >= $1::date LIMIT 1`, [today]);
    if (ahead) return { slots: 0 };
    const [told] = await tx.query(`SELECT 1 FROM rulebook_copy`);
    if (!told) await standIn(tx.query, today);
    const venues = await tx.query<{ code: string }>(
      `SELECT code FROM venue WHERE product_codes = '{}' OR $1 = ANY(product_codes) ORDER BY code`,
      [DEMO_PRODUCT],
    );
    let count = 0;
    for (const { code } of venues) {
      const opensAt = new Date(now.getTime() - 60_000);
      const venue = await findVenue(tx.query, code);
      for (let place = 0; place < DAYS; place += 1) {
        const day = addDays(today, place);
        if (venue && isClosedOn(venue, day)) continue;
        const { slots } = await insertSession(tx, {
          venueCode: code,
          day,
          productCode: DEMO_PRODUCT,
          pattern: PATTERN,
          opensAt,
          closesAt: null,
        });
        count += slots;
      }
    }
    tx.audit({
      action: 'administration',
      operation: 'reservations.seed-demo',
      outcome: 'done',
      detail: { slots: count },
    });
    return { slots: count };
  });
}
