import type { Catalogue } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/**
 * Keeps the programme's catalogue: rules as one document, venues and products as the rows that slots
 * name. An older version never overwrites a newer one; what is no longer in it stays, for the slots.
 * @returns whether it was news
 */
export async function keepCatalogue(query: Query, catalogue: Catalogue): Promise<boolean> {
  const { venues, ...rules } = catalogue;
  const written = await query(
    `INSERT INTO rulebook_copy (version, rules) VALUES ($1, $2::jsonb)
     ON CONFLICT ("only") DO UPDATE SET version = excluded.version, rules = excluded.rules,
       told_at = now(), checked_up_to = NULL
     WHERE rulebook_copy.version < excluded.version RETURNING version`,
    [catalogue.version, JSON.stringify(rules)],
  );
  if (written.length === 0) return false;
  await query(
    `INSERT INTO product (code, name_ja, name_en)
     SELECT "productCode", name->>'ja', name->>'en'
     FROM jsonb_to_recordset($1::jsonb) AS p("productCode" text, name jsonb)
     ON CONFLICT (code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en`,
    [JSON.stringify(catalogue.products)],
  );
  await query(
    `INSERT INTO venue (code, name_ja, name_en, town, address, kind, opening_hours, closes_on_holidays, closed_days,
       product_codes, active_from, active_to)
     SELECT "venueCode", name->>'ja', name->>'en', town, address, kind, "openingHours", "closesOnHolidays", "closedDays",
       "productCodes", "activeFrom", "activeTo"
     FROM jsonb_to_recordset($1::jsonb) AS v("venueCode" text, name jsonb, town text, address text, kind text,
       "openingHours" jsonb, "closesOnHolidays" boolean, "closedDays" date[], "productCodes" text[],
       "activeFrom" date, "activeTo" date)
     ON CONFLICT (code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en, town = excluded.town,
       address = excluded.address, kind = excluded.kind, opening_hours = excluded.opening_hours,
       closes_on_holidays = excluded.closes_on_holidays, closed_days = excluded.closed_days,
       product_codes = excluded.product_codes, active_from = excluded.active_from, active_to = excluded.active_to`,
    [JSON.stringify(venues)],
  );
  return true;
}
