CREATE TABLE "catalogue" (
    "municipality_code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    CONSTRAINT "catalogue_pkey" PRIMARY KEY ("municipality_code")
);

CREATE TABLE "vaccine" (
    "code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "disease" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "vaccine_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "product" (
    "code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "vaccine_code" TEXT NOT NULL,
    "counts_as_doses" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "product_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "programme" (
    "code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "series_diseases" TEXT[],
    "series_products" TEXT[],
    "revision" INTEGER NOT NULL,
    CONSTRAINT "programme_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "priority_group" (
    "code" TEXT NOT NULL,
    "programme_code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "listed" BOOLEAN NOT NULL,
    "age_judged_on" TEXT NOT NULL,
    "age_from_months" INTEGER,
    "age_below_months" INTEGER,
    "born_from" DATE,
    "born_to" DATE,
    "opens_on" DATE NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "priority_group_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "dose_rule" (
    "code" TEXT NOT NULL,
    "programme_code" TEXT NOT NULL,
    "dose_from" INTEGER NOT NULL,
    "dose_to" INTEGER NOT NULL,
    "product_codes" TEXT[],
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "age_judged_on" TEXT NOT NULL,
    "age_from_months" INTEGER,
    "age_below_months" INTEGER,
    "born_from" DATE,
    "born_to" DATE,
    "group_code" TEXT,
    "previous_dose" TEXT NOT NULL,
    "minimum_days_between" INTEGER,
    "minimum_months" INTEGER,
    "month_overflow" TEXT NOT NULL,
    "standard_offset_days" INTEGER,
    "once_per_programme" BOOLEAN NOT NULL,
    "optional" BOOLEAN NOT NULL,
    "source" TEXT,
    "confidence" TEXT,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "dose_rule_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "other_vaccine_rule" (
    "code" TEXT NOT NULL,
    "programme_codes" TEXT[],
    "disease" TEXT,
    "minimum_days_between" INTEGER,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT,
    "confidence" TEXT,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "other_vaccine_rule_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "venue" (
    "code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "town" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "opening_hours" JSONB NOT NULL,
    "closes_on_holidays" BOOLEAN NOT NULL,
    "closed_days" DATE[],
    "product_codes" TEXT[],
    "active_from" DATE NOT NULL,
    "active_to" DATE,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "venue_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "catalogue_change" (
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "catalogue_change_pkey" PRIMARY KEY ("kind", "code", "revision")
);

ALTER TABLE "product" ADD CONSTRAINT "product_vaccine_code_fkey" FOREIGN KEY ("vaccine_code") REFERENCES "vaccine"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "priority_group" ADD CONSTRAINT "priority_group_programme_code_fkey" FOREIGN KEY ("programme_code") REFERENCES "programme"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "dose_rule" ADD CONSTRAINT "dose_rule_programme_code_fkey" FOREIGN KEY ("programme_code") REFERENCES "programme"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "dose_rule" ADD CONSTRAINT "dose_rule_group_code_fkey" FOREIGN KEY ("group_code") REFERENCES "priority_group"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot express.
ALTER TABLE "product" ADD CONSTRAINT "product_counts" CHECK (counts_as_doses BETWEEN 1 AND 4);
ALTER TABLE "dose_rule" ADD CONSTRAINT "dose_rule_ranges" CHECK (
  dose_from BETWEEN 1 AND dose_to AND (valid_to IS NULL OR valid_from <= valid_to)
  AND (age_below_months IS NULL OR age_from_months IS NULL OR age_from_months <= age_below_months)
  AND (born_from IS NULL OR born_to IS NULL OR born_from <= born_to));
ALTER TABLE "dose_rule" ADD CONSTRAINT "dose_rule_words" CHECK (
  age_judged_on IN ('vaccination-day', 'first-dose', 'fiscal-year-end')
  AND previous_dose IN ('any', 'same-vaccine', 'other-vaccine')
  AND month_overflow IN ('first-of-next', 'last-of-month'));
ALTER TABLE "other_vaccine_rule" ADD CONSTRAINT "other_vaccine_rule_range" CHECK (valid_to IS NULL OR valid_from <= valid_to);
ALTER TABLE "priority_group" ADD CONSTRAINT "priority_group_range" CHECK (valid_to IS NULL OR valid_from <= valid_to);
ALTER TABLE "venue" ADD CONSTRAINT "venue_code_digits" CHECK (code ~ '^[0-9]{10}$');
ALTER TABLE "venue" ADD CONSTRAINT "venue_words" CHECK (kind IN ('mass', 'clinic') AND (active_to IS NULL OR active_from <= active_to));
