import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '@madoguchi/contracts';
import type { CalendarDate } from '@madoguchi/kernel';
import { historicalRules } from '@madoguchi/programme/domain/historical-rules';
import type { Rulebook } from '@madoguchi/reservations/domain/rulebook';

/** A file of the historical set, as programme loads it; tests only. */
export const historicalData = (name: string): string =>
  readFileSync(
    fileURLToPath(new URL(`../../../../services/programme/data/${name}`, import.meta.url)),
    'utf8',
  );

const names = JSON.parse(historicalData('historical_names.json')) as Omit<
  Catalogue,
  'version' | 'doseRules' | 'otherVaccineRules' | 'venues'
>;

export const historicalEntries = historicalRules(
  historicalData('historical_rules.csv'),
  historicalData('interval_rules.csv'),
);

/** The historical set as reservations judge by it, for bookings made on a day. */
export const historicalBook = (askedOn: CalendarDate): Rulebook => ({
  ...names,
  version: 1,
  askedOn,
  doseRules: historicalEntries.flatMap((one) => (one.kind === 'dose-rule' ? [one.row] : [])),
  otherVaccineRules: historicalEntries.flatMap((one) =>
    one.kind === 'other-vaccine-rule' ? [one.row] : [],
  ),
});
