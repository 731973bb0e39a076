-- AlterTable
ALTER TABLE "hold" ADD COLUMN "held_by" TEXT;

-- CreateTable
CREATE TABLE "budget" (
    "kind" TEXT NOT NULL,
    "per" TEXT NOT NULL,
    "most" INTEGER NOT NULL,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("kind", "per")
);

-- CreateTable
CREATE TABLE "budget_use" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "per" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "budget_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suspicion" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "per" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "raised_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "suspicion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "budget_use_kind_per_subject_day_idx" ON "budget_use"("kind", "per", "subject", "day");

-- CreateIndex
CREATE INDEX "budget_use_day_idx" ON "budget_use"("day");

-- CreateIndex
CREATE UNIQUE INDEX "suspicion_kind_per_subject_day_key" ON "suspicion"("kind", "per", "subject", "day");

-- A day's budgets, for the city to change. Seats given back unused, by who or what gave them back, and
-- confirmation numbers that were nobody's. A facility of fifty that changes its mind once is within them.
INSERT INTO "budget" ("kind", "per", "most") VALUES
  ('hoarding', 'case', 60),
  ('hoarding', 'resident', 12),
  ('hoarding', 'actor', 300),
  ('number-guessing', 'case', 10),
  ('number-guessing', 'actor', 50);
ALTER TABLE "budget" ADD CONSTRAINT "budget_most" CHECK (most > 0);
