-- Each lane of a writer is numbered for itself. What was written before there were several is in lane 0.
ALTER TABLE "log_entry" ADD COLUMN "lane" SMALLINT NOT NULL DEFAULT 0;

-- DropIndex
DROP INDEX "log_entry_writer_seq_key";

-- CreateIndex
CREATE UNIQUE INDEX "log_entry_writer_lane_seq_key" ON "log_entry"("writer", "lane", "seq");
