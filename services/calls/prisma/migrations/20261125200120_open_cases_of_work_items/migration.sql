-- AlterTable
ALTER TABLE "case_record"
  ADD COLUMN "work_item_id" UUID,
  ADD COLUMN "resident_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];
