-- Where somebody waits, as one key, so that a freed seat asks only those who wait at its place.
ALTER TABLE "waiting_entry" ADD COLUMN "place" TEXT NOT NULL
  GENERATED ALWAYS AS (coalesce(venue_code, 'town:' || town, '*')) STORED;
CREATE INDEX "waiting_entry_at_place" ON "waiting_entry" ("place", "day_to") WHERE state = 'waiting';
