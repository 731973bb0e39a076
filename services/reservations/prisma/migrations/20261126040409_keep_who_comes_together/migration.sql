-- Bookings of people who come together: a companion beside another booking, a family, a facility.
ALTER TABLE "reservation" ADD COLUMN "party_id" UUID;
CREATE INDEX "reservation_party" ON "reservation" ("party_id") WHERE "party_id" IS NOT NULL;
