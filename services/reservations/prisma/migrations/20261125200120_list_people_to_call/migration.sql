-- CreateTable
CREATE TABLE "work_item" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "reservation_id" UUID,
    "slot_id" UUID,
    "venue_code" TEXT,
    "day" DATE,
    "reason" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "due_at" TIMESTAMPTZ NOT NULL,
    "not_before" TIMESTAMPTZ NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "desk_only" BOOLEAN NOT NULL DEFAULT false,
    "taken_by" TEXT,
    "taken_at" TIMESTAMPTZ,
    "case_id" UUID,
    "outcome" TEXT,
    "finished_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "work_item_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "work_item_state_due_at_id_idx" ON "work_item"("state", "due_at", "id");

-- CreateIndex
CREATE INDEX "work_item_slot_id_idx" ON "work_item"("slot_id");

-- CreateIndex
CREATE INDEX "work_item_reservation_id_idx" ON "work_item"("reservation_id");

-- What Prisma's schema cannot express.
ALTER TABLE "work_item" ADD CONSTRAINT "work_item_kind"
  CHECK (kind IN ('session-closed', 'capacity-cut', 'rules-changed', 'waitlist-offer', 'callback'));
ALTER TABLE "work_item" ADD CONSTRAINT "work_item_state" CHECK (
  CASE state
    WHEN 'open' THEN taken_by IS NULL AND case_id IS NULL AND finished_at IS NULL
    WHEN 'taken' THEN taken_by IS NOT NULL AND case_id IS NOT NULL AND finished_at IS NULL
    WHEN 'done' THEN finished_at IS NOT NULL AND outcome IS NOT NULL
    ELSE false
  END);
-- Nobody is called twice about the same thing.
CREATE UNIQUE INDEX "work_item_one_live_per_matter" ON "work_item" ("dedupe_key") WHERE state <> 'done';
CREATE UNIQUE INDEX "work_item_case" ON "work_item" ("case_id") WHERE state = 'taken';
