-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "resident" (
    "id" UUID NOT NULL,
    "municipality_code" TEXT NOT NULL,
    "addressee_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_kana" TEXT,
    "alias" TEXT,
    "jointly_written_name" TEXT,
    "sex" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "birth_day" DATE NOT NULL,
    "resident_kind" TEXT,
    "household_number" TEXT,
    "postal_code" TEXT,
    "address" TEXT NOT NULL,
    "building_line" TEXT,
    "previous_address" TEXT,
    "move_out_destination_address" TEXT,
    "residency_event_reason" TEXT,
    "residency_event_date" DATE,
    "notification_date" DATE,
    "removal_type" TEXT,
    "removal_date" DATE,
    "telephones" TEXT[],
    "telephone_digests" TEXT[],
    "nationality_or_region" TEXT,
    "residence_permission_category" TEXT,
    "status_of_residence" TEXT,
    "period_of_stay" TEXT,
    "period_of_stay_expiry" TEXT,
    "restrictions" TEXT[],
    "remarks" TEXT,
    "protected" BOOLEAN NOT NULL DEFAULT false,
    "name_keys" TEXT[],
    "kana_key" TEXT,
    "content_digest" TEXT NOT NULL,
    "version" BIGINT NOT NULL,

    CONSTRAINT "resident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL,
    "file_digest" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_copy" (
    "ticket_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "ticket_number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "ticket_copy_pkey" PRIMARY KEY ("ticket_id")
);

-- CreateTable
CREATE TABLE "failed_verification" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "case_id" UUID NOT NULL,
    "operator_id" TEXT NOT NULL,
    "person_digests" TEXT[],
    "at_desk" BOOLEAN NOT NULL,

    CONSTRAINT "failed_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_copy" (
    "approval_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" UUID,
    "requested_by" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "approval_copy_pkey" PRIMARY KEY ("approval_id")
);

-- CreateIndex
CREATE INDEX "resident_birth_day_idx" ON "resident"("birth_day");

-- CreateIndex
CREATE INDEX "resident_municipality_code_household_number_idx" ON "resident"("municipality_code", "household_number");

-- CreateIndex
CREATE UNIQUE INDEX "resident_municipality_code_addressee_number_key" ON "resident"("municipality_code", "addressee_number");

-- CreateIndex
CREATE INDEX "import_run_file_digest_idx" ON "import_run"("file_digest");

-- CreateIndex
CREATE INDEX "ticket_copy_ticket_number_idx" ON "ticket_copy"("ticket_number");

-- CreateIndex
CREATE INDEX "ticket_copy_resident_id_idx" ON "ticket_copy"("resident_id");

-- CreateIndex
CREATE INDEX "failed_verification_case_id_idx" ON "failed_verification"("case_id");

-- CreateIndex
CREATE INDEX "failed_verification_operator_id_at_idx" ON "failed_verification"("operator_id", "at");

-- CreateIndex
CREATE INDEX "failed_verification_at_idx" ON "failed_verification"("at");

-- What Prisma's schema cannot express.
CREATE INDEX "resident_telephone_digests" ON "resident" USING gin ("telephone_digests");
CREATE INDEX "resident_birth_partly_known" ON "resident" ("date_of_birth") WHERE length("date_of_birth") < 10;
CREATE INDEX "failed_verification_persons" ON "failed_verification" USING gin ("person_digests");
