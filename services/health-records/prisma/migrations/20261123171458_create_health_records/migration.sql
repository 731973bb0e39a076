-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "dose" (
    "id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "vaccination_date" DATE NOT NULL,
    "product_code" TEXT NOT NULL,
    "product_name" TEXT NOT NULL,
    "venue_name" TEXT,
    "lot_number" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "dose_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_ledger_entry" (
    "id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "entry" TEXT NOT NULL,
    "ticket_number" TEXT NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "reason" TEXT,
    "entered_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ticket_ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dose_resident_id_product_code_dose_number_key" ON "dose"("resident_id", "product_code", "dose_number");

-- CreateIndex
CREATE INDEX "ticket_ledger_entry_resident_id_idx" ON "ticket_ledger_entry"("resident_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_ledger_entry_ticket_id_entry_key" ON "ticket_ledger_entry"("ticket_id", "entry");
