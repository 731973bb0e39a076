-- Entries of the desk's queue get a number of their own, that means nobody elsewhere.
ALTER TABLE "bulk_left_out"
    ADD COLUMN "item_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN "opened_in_case" UUID,
    ADD COLUMN "opened_by" TEXT,
    ADD COLUMN "handled_by" TEXT,
    ADD COLUMN "handling" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "bulk_left_out_item_id_key" ON "bulk_left_out" ("item_id");
