-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "dose_rule" (
    "id" UUID NOT NULL,
    "programme_code" TEXT NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "product_codes" TEXT[],
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "age_from" INTEGER,
    "age_below" INTEGER,
    "minimum_days_between" INTEGER,
    "minimum_months" INTEGER,
    "month_overflow" TEXT NOT NULL DEFAULT 'first-of-next',
    "optional" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "dose_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "venue" (
    "code" TEXT NOT NULL,
    "name_ja" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "town" TEXT NOT NULL,
    "address" TEXT NOT NULL,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "slot" (
    "id" UUID NOT NULL,
    "venue_code" TEXT NOT NULL,
    "product_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "starts_at" TEXT NOT NULL,
    "ends_at" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "phone_quota" INTEGER NOT NULL,
    "booked" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "phone_taken" INTEGER NOT NULL DEFAULT 0,
    "opens_at" TIMESTAMPTZ NOT NULL,
    "closes_at" TIMESTAMPTZ NOT NULL,
    "closed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "slot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "held_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservation" (
    "id" UUID NOT NULL,
    "municipality_code" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "programme_code" TEXT NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "slot_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "confirmation_number" TEXT NOT NULL,
    "booked_by" TEXT NOT NULL,
    "booked_at" TIMESTAMPTZ NOT NULL,
    "cancelled_at" TIMESTAMPTZ,
    "cancel_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resident_copy" (
    "resident_id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "date_of_birth" DATE NOT NULL,
    "residency" JSONB NOT NULL,
    "refer" BOOLEAN NOT NULL,

    CONSTRAINT "resident_copy_pkey" PRIMARY KEY ("resident_id")
);

-- CreateTable
CREATE TABLE "dose_copy" (
    "dose_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "vaccination_date" DATE NOT NULL,
    "product_code" TEXT NOT NULL,

    CONSTRAINT "dose_copy_pkey" PRIMARY KEY ("dose_id")
);

-- CreateIndex
CREATE INDEX "slot_day_starts_at_idx" ON "slot"("day", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "slot_venue_code_product_code_day_starts_at_key" ON "slot"("venue_code", "product_code", "day", "starts_at");

-- CreateIndex
CREATE INDEX "hold_case_id_idx" ON "hold"("case_id");

-- CreateIndex
CREATE INDEX "hold_expires_at_idx" ON "hold"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "reservation_confirmation_number_key" ON "reservation"("confirmation_number");

-- CreateIndex
CREATE INDEX "reservation_resident_id_idx" ON "reservation"("resident_id");

-- CreateIndex
CREATE INDEX "reservation_slot_id_idx" ON "reservation"("slot_id");

-- CreateIndex
CREATE INDEX "dose_copy_resident_id_idx" ON "dose_copy"("resident_id");

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_venue_code_fkey" FOREIGN KEY ("venue_code") REFERENCES "venue"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot express: the invariants of the service.
ALTER TABLE "slot" ADD CONSTRAINT "slot_never_oversold"
  CHECK (booked >= 0 AND held >= 0 AND booked + held <= capacity);
ALTER TABLE "slot" ADD CONSTRAINT "slot_quota" CHECK (phone_taken >= 0 AND phone_taken <= phone_quota AND phone_quota <= capacity);
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_state"
  CHECK (state IN ('booked', 'attended', 'cancelled', 'missed', 'turned-back'));
CREATE UNIQUE INDEX "reservation_one_live_per_dose"
  ON "reservation" ("municipality_code", "resident_id", "programme_code", "dose_number")
  WHERE state IN ('booked', 'attended');
CREATE UNIQUE INDEX "hold_one_per_resident_and_dose" ON "hold" ("resident_id", "dose_number");
