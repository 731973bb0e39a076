-- CreateTable
CREATE TABLE "bulk_left_out" (
    "run_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "set_aside_at" TIMESTAMPTZ NOT NULL,
    "handled_at" TIMESTAMPTZ,

    CONSTRAINT "bulk_left_out_pkey" PRIMARY KEY ("run_id","resident_id")
);

-- What waits for the desk.
CREATE INDEX "bulk_left_out_waiting" ON "bulk_left_out" ("set_aside_at") WHERE "handled_at" IS NULL;
