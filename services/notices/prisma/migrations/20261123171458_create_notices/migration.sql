-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "ticket" (
    "id" UUID NOT NULL,
    "municipality_code" TEXT NOT NULL,
    "ticket_number" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ NOT NULL,
    "voided_at" TIMESTAMPTZ,
    "reissue_reason" TEXT,
    "replaces" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_number_counter" (
    "municipality_code" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "ticket_number_counter_pkey" PRIMARY KEY ("municipality_code")
);

-- CreateTable
CREATE TABLE "print_record" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "printed_by" TEXT NOT NULL,
    "printed_at" TIMESTAMPTZ NOT NULL,
    "pages" INTEGER NOT NULL,

    CONSTRAINT "print_record_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ticket_replaces_key" ON "ticket"("replaces");

-- CreateIndex
CREATE INDEX "ticket_resident_id_idx" ON "ticket"("resident_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_municipality_code_ticket_number_key" ON "ticket"("municipality_code", "ticket_number");

-- CreateIndex
CREATE INDEX "print_record_ticket_id_idx" ON "print_record"("ticket_id");

-- What Prisma's schema cannot express.
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_state" CHECK (state IN ('issued', 'used', 'void'));
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_number_is_ten_digits" CHECK (ticket_number ~ '^[0-9]{10}$');
CREATE UNIQUE INDEX "ticket_one_live_per_dose" ON "ticket" ("resident_id", "dose_number") WHERE state = 'issued';
