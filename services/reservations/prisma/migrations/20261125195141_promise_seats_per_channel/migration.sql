-- Every channel has seats promised to it. What is promised to nobody is open to all.
ALTER TABLE "slot" DROP CONSTRAINT "slot_quota";
ALTER TABLE "slot"
  ADD COLUMN "web_quota" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "staff_quota" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "walk_in_quota" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "web_taken" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "staff_taken" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "walk_in_taken" INTEGER NOT NULL DEFAULT 0;
-- The telephone keeps exactly what it had.
UPDATE "slot" SET "web_quota" = "capacity" - "phone_quota";
ALTER TABLE "slot" ADD CONSTRAINT "slot_quota" CHECK (
  phone_quota >= 0 AND web_quota >= 0 AND staff_quota >= 0 AND walk_in_quota >= 0
  AND phone_quota + web_quota + staff_quota + walk_in_quota <= capacity);
ALTER TABLE "slot" ADD CONSTRAINT "slot_taken" CHECK (
  phone_taken >= 0 AND web_taken >= 0 AND staff_taken >= 0 AND walk_in_taken >= 0
  AND phone_taken + web_taken + staff_taken + walk_in_taken = booked + held);
-- What channels take beyond their promise comes out of what is promised to nobody.
ALTER TABLE "slot" ADD CONSTRAINT "slot_promises_kept" CHECK (
  greatest(phone_taken - phone_quota, 0) + greatest(web_taken - web_quota, 0)
  + greatest(staff_taken - staff_quota, 0) + greatest(walk_in_taken - walk_in_quota, 0)
  <= capacity - phone_quota - web_quota - staff_quota - walk_in_quota);
ALTER TABLE "hold" ADD COLUMN "channel" TEXT NOT NULL DEFAULT 'phone';
ALTER TABLE "hold" ALTER COLUMN "channel" DROP DEFAULT;
ALTER TABLE "hold" ADD CONSTRAINT "hold_channel" CHECK (channel IN ('phone', 'web', 'staff', 'walk-in'));
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_channel" CHECK (channel IN ('phone', 'web', 'staff', 'walk-in'));
