-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "telephone_call" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "from_number" TEXT,
    "to_number" TEXT,
    "queue" TEXT,
    "language" TEXT,
    "extension" TEXT,
    "started_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "telephone_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_key" (
    "key" TEXT NOT NULL,
    "call_id" UUID NOT NULL,

    CONSTRAINT "call_key_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "case_record" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "call_id" UUID,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "hand_reason" TEXT,
    "referred_at" TIMESTAMPTZ,
    "referred_by" TEXT,
    "refer_reason" TEXT,
    "taken_by" TEXT,
    "closed_at" TIMESTAMPTZ,
    "after_call_code" TEXT,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "case_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_resident" (
    "case_id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,

    CONSTRAINT "case_resident_pkey" PRIMARY KEY ("case_id","resident_id")
);

-- CreateTable
CREATE TABLE "desk_session" (
    "session_id" UUID NOT NULL,
    "operator_id" TEXT NOT NULL,
    "extension" TEXT,
    "opened_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "desk_session_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE INDEX "telephone_call_from_number_started_at_idx" ON "telephone_call"("from_number", "started_at");

-- CreateIndex
CREATE INDEX "case_record_operator_id_opened_at_idx" ON "case_record"("operator_id", "opened_at");

-- CreateIndex
CREATE INDEX "case_record_state_idx" ON "case_record"("state");

-- CreateIndex
CREATE INDEX "case_resident_resident_id_idx" ON "case_resident"("resident_id");

-- CreateIndex
CREATE INDEX "desk_session_extension_idx" ON "desk_session"("extension");

-- AddForeignKey
ALTER TABLE "call_key" ADD CONSTRAINT "call_key_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "telephone_call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_record" ADD CONSTRAINT "case_record_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "telephone_call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_resident" ADD CONSTRAINT "case_resident_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot express.
ALTER TABLE "case_record" ADD CONSTRAINT "case_state"
  CHECK (state IN ('ringing', 'open', 'wrap-up', 'referred', 'closed'));
CREATE UNIQUE INDEX "case_one_live_per_call_and_operator" ON "case_record" ("call_id", "operator_id")
  WHERE state <> 'closed';
