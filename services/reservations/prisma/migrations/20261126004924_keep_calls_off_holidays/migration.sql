-- Days on which nobody is called: national holidays and the turn of the year unless told otherwise, and the city's own.
ALTER TABLE "waitlist_setting"
    ADD COLUMN "calls_on_holidays" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "closed_days" DATE[] NOT NULL DEFAULT ARRAY[]::DATE[];
