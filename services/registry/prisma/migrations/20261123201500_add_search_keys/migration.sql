-- AlterTable
ALTER TABLE "resident" ADD COLUMN     "kana_family" TEXT,
ADD COLUMN     "kana_given" TEXT,
ADD COLUMN     "kana_loose" TEXT,
ADD COLUMN     "keys_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "place_block" TEXT,
ADD COLUMN     "place_key" TEXT;

-- CreateTable
CREATE TABLE "search_count" (
    "counted" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "times" INTEGER NOT NULL,

    CONSTRAINT "search_count_pkey" PRIMARY KEY ("counted","day")
);

-- CreateIndex
CREATE INDEX "resident_kana_loose_birth_day_idx" ON "resident"("kana_loose", "birth_day");

-- CreateIndex
CREATE INDEX "resident_kana_family_kana_given_birth_day_idx" ON "resident"("kana_family", "kana_given", "birth_day");

-- CreateIndex
CREATE INDEX "resident_place_block_idx" ON "resident"("place_block");

CREATE INDEX "resident_name_keys" ON "resident" USING gin ("name_keys") WITH (fastupdate = off);
CREATE INDEX "resident_keys_to_derive" ON "resident" ("id") WHERE "keys_version" < 1;
