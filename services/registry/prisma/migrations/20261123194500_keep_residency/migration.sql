-- AlterTable
ALTER TABLE "resident" ADD COLUMN     "removal_kind" TEXT,
ADD COLUMN     "residency" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "residency_kind" TEXT,
ADD COLUMN     "restricted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "row_digest" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "import_run" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'snapshot',
ADD COLUMN     "rows_done" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "residency_event" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" UUID NOT NULL,
    "history_number" INTEGER,
    "kind" TEXT NOT NULL,
    "event_date" DATE NOT NULL,
    "notified_on" DATE,
    "known_from" DATE NOT NULL,
    "known_until" DATE,

    CONSTRAINT "residency_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "register_code" (
    "municipality_code" TEXT NOT NULL,
    "code_table" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,

    CONSTRAINT "register_code_pkey" PRIMARY KEY ("municipality_code","code_table","code")
);

-- CreateIndex
CREATE INDEX "residency_event_resident_id_idx" ON "residency_event"("resident_id");

-- People who are here already: what their row says, until a file is imported again.
UPDATE "resident" SET
  "restricted" = cardinality("restrictions") > 0,
  "removal_kind" = CASE WHEN "removal_type" LIKE '%国外転出%' THEN 'moved-abroad'
    WHEN "removal_type" LIKE '%転出%' THEN 'moved-out'
    WHEN "removal_type" = '死亡' THEN 'died'
    WHEN "removal_type" IS NOT NULL THEN 'left-otherwise' END,
  "residency_kind" = CASE "residency_event_reason" WHEN '転入' THEN 'moved-in' WHEN '出生' THEN 'born'
    WHEN '職権記載' THEN 'entered-ex-officio' END,
  "residency" = jsonb_build_array(jsonb_build_object(
    'from', COALESCE(CASE WHEN "residency_event_reason" IN ('転入', '職権記載')
                          THEN "residency_event_date" END, "birth_day")::text,
    'to', "removal_date"::text));

-- What Prisma's schema cannot express.
CREATE INDEX "resident_restricted" ON "resident" ("municipality_code", "household_number") WHERE "restricted";
CREATE UNIQUE INDEX "residency_event_told_once" ON "residency_event" ("resident_id", "history_number")
  WHERE "history_number" IS NOT NULL AND "known_until" IS NULL;
ALTER TABLE "residency_event" ADD CONSTRAINT "residency_event_known" CHECK ("known_until" IS NULL OR "known_until" >= "known_from");
ALTER TABLE "register_code" ADD CONSTRAINT "register_code_table"
  CHECK ("code_table" IN ('異動事由', '消除区分', '性別', '規制情報'));
