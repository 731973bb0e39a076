-- A row that changes stays on its page, so that a booking touches no index.
ALTER TABLE "slot" SET (fillfactor = 80);

-- The same promises in fewer words: PostgreSQL reads the text of every CHECK anew for each statement, and
-- that was most of what an update of a slot cost. A channel needs its promise or, where it took more, that.
ALTER TABLE "slot" DROP CONSTRAINT "slot_never_oversold";
ALTER TABLE "slot" DROP CONSTRAINT "slot_quota";
ALTER TABLE "slot" DROP CONSTRAINT "slot_taken";
ALTER TABLE "slot" DROP CONSTRAINT "slot_promises_kept";
ALTER TABLE "slot" ADD CONSTRAINT "slot_counts" CHECK (
  least(booked, held, phone_quota, web_quota, staff_quota, walk_in_quota,
    phone_taken, web_taken, staff_taken, walk_in_taken) >= 0);
ALTER TABLE "slot" ADD CONSTRAINT "slot_never_oversold" CHECK (booked + held <= capacity);
ALTER TABLE "slot" ADD CONSTRAINT "slot_promises_kept" CHECK (
  greatest(phone_quota, phone_taken) + greatest(web_quota, web_taken)
  + greatest(staff_quota, staff_taken) + greatest(walk_in_quota, walk_in_taken) <= capacity);
ALTER TABLE "slot" ADD CONSTRAINT "slot_taken" CHECK (
  phone_taken + web_taken + staff_taken + walk_in_taken = booked + held);

-- Channels that can still take a seat, as a sum: phone 1, web 2, staff 4, walk-in 8. It changes only when the
-- last seat of a channel goes or comes back, so the indexes of open slots are left alone by other bookings.
-- A function, because the text of a generated column is read anew for each statement too. Migrations are
-- split at semicolons, hence the one written as \x3B.
CREATE FUNCTION slot_open_to(closed boolean, capacity int, phone_quota int, phone_taken int, web_quota int,
  web_taken int, staff_quota int, staff_taken int, walk_in_quota int, walk_in_taken int)
RETURNS int LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS E'BEGIN
  RETURN CASE
    WHEN closed THEN 0
    WHEN greatest(phone_quota, phone_taken) + greatest(web_quota, web_taken)
      + greatest(staff_quota, staff_taken) + greatest(walk_in_quota, walk_in_taken) < capacity THEN 15
    ELSE (phone_taken < phone_quota)::int + 2 * (web_taken < web_quota)::int
      + 4 * (staff_taken < staff_quota)::int + 8 * (walk_in_taken < walk_in_quota)::int
  END\x3B
END';
ALTER TABLE "slot" ADD COLUMN "open_to" INTEGER NOT NULL GENERATED ALWAYS AS (slot_open_to(closed, capacity,
  phone_quota, phone_taken, web_quota, web_taken, staff_quota, staff_taken, walk_in_quota, walk_in_taken)) STORED;
CREATE INDEX "slot_open_to_phone" ON "slot" ("venue_code", "product_code", "day", "starts_at", "id") WHERE (open_to & 1) <> 0;
CREATE INDEX "slot_open_to_web" ON "slot" ("venue_code", "product_code", "day", "starts_at", "id") WHERE (open_to & 2) <> 0;
CREATE INDEX "slot_open_to_staff" ON "slot" ("venue_code", "product_code", "day", "starts_at", "id") WHERE (open_to & 4) <> 0;

-- Days on which anything can be booked now.
DROP INDEX "slot_day_starts_at_idx";
CREATE INDEX "slot_day_opens_at_closes_at_idx" ON "slot" ("day", "opens_at", "closes_at");
