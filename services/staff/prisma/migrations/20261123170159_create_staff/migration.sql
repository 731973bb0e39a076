-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hours_from" TEXT NOT NULL,
    "hours_to" TEXT NOT NULL,
    "contract_from" DATE NOT NULL,
    "contract_to" DATE NOT NULL,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "organisation_id" UUID NOT NULL,
    "extension" TEXT,
    "password_hash" TEXT NOT NULL,
    "totp_secret" JSONB NOT NULL,
    "totp_step" BIGINT NOT NULL DEFAULT 0,
    "suspended_at" TIMESTAMPTZ,
    "added_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "login_digest" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("login_digest")
);

-- CreateTable
CREATE TABLE "terminal" (
    "id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "secret_digest" TEXT NOT NULL,
    "enrolled_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "terminal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terminal_code" (
    "code_digest" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "terminal_code_pkey" PRIMARY KEY ("code_digest")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "secret_digest" TEXT NOT NULL,
    "worker_id" UUID NOT NULL,
    "terminal_id" UUID NOT NULL,
    "extension" TEXT,
    "user_agent_class" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "last_seen_at" TIMESTAMPTZ NOT NULL,
    "step_up_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "end_reason" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "key_digest" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "added_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" UUID,
    "reason" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ,
    "decision" TEXT,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "custody_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "entered_by" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "medium" TEXT NOT NULL,
    "from_party" TEXT NOT NULL,
    "to_party" TEXT NOT NULL,
    "purpose" TEXT,

    CONSTRAINT "custody_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organisation_name_key" ON "organisation"("name");

-- CreateIndex
CREATE UNIQUE INDEX "worker_login_key" ON "worker"("login");

-- CreateIndex
CREATE UNIQUE INDEX "worker_extension_key" ON "worker"("extension");

-- CreateIndex
CREATE UNIQUE INDEX "terminal_secret_digest_key" ON "terminal"("secret_digest");

-- CreateIndex
CREATE UNIQUE INDEX "session_secret_digest_key" ON "session"("secret_digest");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_digest_key" ON "api_key"("key_digest");

-- CreateIndex
CREATE INDEX "approval_requested_at_idx" ON "approval"("requested_at");

-- CreateIndex
CREATE INDEX "custody_entry_at_idx" ON "custody_entry"("at");

-- AddForeignKey
ALTER TABLE "worker" ADD CONSTRAINT "worker_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_terminal_id_fkey" FOREIGN KEY ("terminal_id") REFERENCES "terminal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
