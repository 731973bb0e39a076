-- What was told of a booking's day, so that it is told once.
CREATE TABLE "booking_reminder" (
    "reservation_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "noted_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "booking_reminder_pkey" PRIMARY KEY ("reservation_id", "day")
);

-- One row, changed by the city.
CREATE TABLE "reminder_setting" (
    "only_row" BOOLEAN NOT NULL DEFAULT true,
    "days_before" INTEGER NOT NULL DEFAULT 3,

    CONSTRAINT "reminder_setting_pkey" PRIMARY KEY ("only_row"),
    CONSTRAINT "reminder_setting_one_row" CHECK (only_row),
    CONSTRAINT "reminder_setting_sane" CHECK (days_before BETWEEN 1 AND 30)
);
INSERT INTO "reminder_setting" DEFAULT VALUES;
