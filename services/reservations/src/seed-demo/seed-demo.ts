import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import type { DoseRule } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import type { Rulebook } from '../domain/rulebook.ts';

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
const CAPACITY = { mass: 6, first: 8 };

/** Start times of a day: every ten minutes, with a gap at noon. */
function startTimes(): string[] {
  const times: string[] = [];
  for (let minute = 9 * 60; minute < 16 * 60 + 30; minute += 10) {
    if (minute >= 12 * 60 && minute < 13 * 60) continue;
    times.push(
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
    );
  }
  return times;
}

const tenMinutesLater = (time: string): string => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const later = hour * 60 + minute + 10;
  return `${String(Math.floor(later / 60)).padStart(2, '0')}:${String(later % 60).padStart(2, '0')}`;
};

function slotsOf(venueCode: string, day: CalendarDate, opensAt: Date) {
  return startTimes().map((startsAt, index) => {
    const capacity = index === 0 ? CAPACITY.first : CAPACITY.mass;
    return {
      id: newId(),
      venue_code: venueCode,
      product_code: DEMO_PRODUCT,
      day,
      starts_at: startsAt,
      ends_at: tenMinutesLater(startsAt),
      capacity,
      phone_quota: Math.ceil(capacity / 2),
      web_quota: Math.floor(capacity / 2),
      opens_at: opensAt.toISOString(),
      closes_at: tokyoInstant(day, startsAt).toISOString(),
    };
  });
}

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
  const rules: Rulebook = {
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

/** Six weeks of slots of the demo's product at every venue that gives it; only where there are no slots. */
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
    const [taken] = await tx.query(`SELECT 1 FROM slot LIMIT 1`);
    if (taken) return { slots: 0 };
    const [told] = await tx.query(`SELECT 1 FROM rulebook_copy`);
    if (!told) await standIn(tx.query, today);
    const venues = await tx.query<{ code: string }>(
      `SELECT code FROM venue WHERE product_codes = '{}' OR $1 = ANY(product_codes) ORDER BY code`,
      [DEMO_PRODUCT],
    );
    let count = 0;
    for (const { code } of venues) {
      const opensAt = new Date(now.getTime() - 60_000);
      const slots = Array.from({ length: DAYS }, (_, day) =>
        slotsOf(code, addDays(today, day), opensAt),
      ).flat();
      await tx.query(
        `INSERT INTO slot (id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, web_quota, opens_at, closes_at)
         SELECT id, venue_code, product_code, day, starts_at, ends_at, capacity, phone_quota, web_quota, opens_at, closes_at
         FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, venue_code text, product_code text, day date, starts_at text,
           ends_at text, capacity int, phone_quota int, web_quota int, opens_at timestamptz, closes_at timestamptz)`,
        [JSON.stringify(slots)],
      );
      count += slots.length;
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
