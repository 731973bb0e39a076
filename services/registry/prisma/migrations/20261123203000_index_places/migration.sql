-- DropIndex
DROP INDEX "resident_place_block_idx";

-- CreateIndex
CREATE INDEX "resident_place_block_place_key_idx" ON "resident"("place_block", "place_key");
