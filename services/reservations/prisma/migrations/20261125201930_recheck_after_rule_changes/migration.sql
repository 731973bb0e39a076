-- How far future bookings were judged anew by the rules as they are: the version, and the resident they came to.
ALTER TABLE "rulebook_copy"
  ADD COLUMN "told_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  ADD COLUMN "checked_version" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "checked_up_to" UUID;
