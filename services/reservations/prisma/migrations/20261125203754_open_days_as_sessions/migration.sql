-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "venue_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "product_code" TEXT NOT NULL,
    "starts_at" TEXT NOT NULL,
    "ends_at" TEXT NOT NULL,
    "slot_minutes" INTEGER NOT NULL,
    "gaps" JSONB NOT NULL,
    "capacity" INTEGER NOT NULL,
    "extra_at_start" INTEGER NOT NULL,
    "phone_quota" INTEGER NOT NULL,
    "web_quota" INTEGER NOT NULL,
    "staff_quota" INTEGER NOT NULL,
    "walk_in_quota" INTEGER NOT NULL,
    "opens_at" TIMESTAMPTZ NOT NULL,
    "closes_at" TIMESTAMPTZ,
    "state" TEXT NOT NULL DEFAULT 'open',
    "reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_plan" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "phone_quota" INTEGER NOT NULL,
    "web_quota" INTEGER NOT NULL,
    "staff_quota" INTEGER NOT NULL,
    "walk_in_quota" INTEGER NOT NULL,
    "planned_by" TEXT NOT NULL,
    "applied_at" TIMESTAMPTZ,

    CONSTRAINT "quota_plan_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "slot" ADD COLUMN "session_id" UUID, ADD COLUMN "target_capacity" INTEGER;

-- CreateIndex
CREATE INDEX "session_day_id_idx" ON "session"("day", "id");

-- CreateIndex
CREATE UNIQUE INDEX "session_venue_code_product_code_day_starts_at_key" ON "session"("venue_code", "product_code", "day", "starts_at");

-- CreateIndex
CREATE INDEX "quota_plan_applied_at_at_idx" ON "quota_plan"("applied_at", "at");

-- CreateIndex
CREATE INDEX "slot_session_id_idx" ON "slot"("session_id");

-- AddForeignKey
ALTER TABLE "slot" ADD CONSTRAINT "slot_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_plan" ADD CONSTRAINT "quota_plan_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot express.
ALTER TABLE "session" ADD CONSTRAINT "session_state"
  CHECK (CASE state WHEN 'open' THEN reason IS NULL WHEN 'closed' THEN reason IS NOT NULL ELSE false END);
ALTER TABLE "session" ADD CONSTRAINT "session_pattern" CHECK (
  starts_at < ends_at AND slot_minutes > 0 AND capacity >= 0 AND extra_at_start >= 0
  AND phone_quota >= 0 AND web_quota >= 0 AND staff_quota >= 0 AND walk_in_quota >= 0
  AND phone_quota + web_quota + staff_quota + walk_in_quota <= capacity);
ALTER TABLE "quota_plan" ADD CONSTRAINT "quota_plan_seats" CHECK (
  phone_quota >= 0 AND web_quota >= 0 AND staff_quota >= 0 AND walk_in_quota >= 0);
-- A cut below what is booked takes effect seat by seat: until then there is no seat that is free, and every
-- one given up makes the slot smaller.
ALTER TABLE "slot" ADD CONSTRAINT "slot_shrinks" CHECK (
  target_capacity IS NULL OR (target_capacity >= 0 AND target_capacity <= capacity
    AND (target_capacity = capacity OR booked + held = capacity)));
CREATE INDEX "slot_cut" ON "slot" ("id") WHERE target_capacity IS NOT NULL;

-- Slots that there are become sessions of their day, with the pattern that they show.
INSERT INTO "session" (id, venue_code, day, product_code, starts_at, ends_at, slot_minutes, gaps, capacity,
  extra_at_start, phone_quota, web_quota, staff_quota, walk_in_quota, opens_at, state, reason)
SELECT gen_random_uuid(), venue_code, day, product_code, min(starts_at), max(ends_at), 10, '[]', min(capacity),
  0, min(phone_quota), min(web_quota), min(staff_quota), min(walk_in_quota), min(opens_at), CASE WHEN bool_and(closed) THEN 'closed' ELSE 'open' END,
  CASE WHEN bool_and(closed) THEN 'closed-before' END
FROM "slot" GROUP BY venue_code, day, product_code HAVING min(starts_at) < max(ends_at);
UPDATE "slot" SET session_id = session.id FROM "session"
WHERE session.venue_code = slot.venue_code AND session.day = slot.day AND session.product_code = slot.product_code;
