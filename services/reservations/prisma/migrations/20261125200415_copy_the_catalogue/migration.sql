-- Programme owns venues, products and rules. What stands here becomes their copy.
CREATE TABLE "rulebook_copy" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    CONSTRAINT "rulebook_copy_pkey" PRIMARY KEY ("only")
);
ALTER TABLE "rulebook_copy" ADD CONSTRAINT "rulebook_copy_only_one" CHECK ("only");

-- Rules kept here so far stay in force until programme tells of its own (version 0 is older than any).
INSERT INTO "rulebook_copy" ("version", "rules")
SELECT 0, jsonb_build_object(
  'version', 0,
  'vaccines', (SELECT jsonb_agg(jsonb_build_object('vaccineCode', code, 'name', jsonb_build_object('ja', name_ja, 'en', name_en),
    'disease', lower(code))) FROM product),
  'products', (SELECT jsonb_agg(jsonb_build_object('productCode', code, 'name', jsonb_build_object('ja', name_ja, 'en', name_en),
    'vaccineCode', code, 'countsAsDoses', 1)) FROM product),
  'programmes', (SELECT jsonb_agg(jsonb_build_object('programmeCode', programme_code,
    'name', jsonb_build_object('ja', programme_code, 'en', programme_code),
    'series', jsonb_build_object('diseases', '[]'::jsonb, 'productCodes', products)))
    FROM (SELECT programme_code, jsonb_agg(DISTINCT product) AS products
      FROM dose_rule, unnest(product_codes) AS product GROUP BY programme_code) p),
  'doseRules', (SELECT jsonb_agg(jsonb_build_object('ruleCode', id::text, 'programmeCode', programme_code,
    'doseFrom', dose_number, 'doseTo', dose_number, 'productCodes', to_jsonb(product_codes),
    'validFrom', valid_from, 'validTo', valid_to, 'ageJudgedOn', 'vaccination-day',
    'ageFromMonths', age_from * 12, 'ageBelowMonths', age_below * 12, 'bornFrom', NULL, 'bornTo', NULL,
    'groupCode', NULL, 'previousDose', 'any', 'minimumDaysBetween', minimum_days_between,
    'minimumMonths', minimum_months, 'monthOverflow', month_overflow, 'standardOffsetDays', NULL,
    'oncePerProgramme', false, 'optional', optional, 'source', NULL, 'confidence', NULL) ORDER BY dose_number, valid_from)
    FROM dose_rule),
  'otherVaccineRules', '[]'::jsonb,
  'priorityGroups', '[]'::jsonb)
WHERE EXISTS (SELECT 1 FROM dose_rule);
DROP TABLE "dose_rule";

ALTER TABLE "venue"
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'mass',
  ADD COLUMN "opening_hours" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "closes_on_holidays" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "closed_days" DATE[] NOT NULL DEFAULT '{}',
  ADD COLUMN "product_codes" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "active_from" DATE NOT NULL DEFAULT '2000-01-01',
  ADD COLUMN "active_to" DATE;
