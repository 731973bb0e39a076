-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "log_entry" (
    "position" BIGINT NOT NULL,
    "writer" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_id" TEXT NOT NULL,
    "case_id" UUID,
    "residents" UUID[],
    "entry" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_entry_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE INDEX "log_entry_case_id_idx" ON "log_entry"("case_id");

-- CreateIndex
CREATE INDEX "log_entry_actor_id_at_idx" ON "log_entry"("actor_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "log_entry_writer_seq_key" ON "log_entry"("writer", "seq");

-- Found by resident without reading the log through.
CREATE INDEX "log_entry_residents" ON "log_entry" USING gin ("residents");
