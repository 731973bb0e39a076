-- Who waits for a seat. Rows change only under the lock of their resident.
CREATE TABLE "waiting_entry" (
    "id" UUID NOT NULL,
    "municipality_code" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "dose_number" INTEGER NOT NULL,
    "venue_code" TEXT,
    "town" TEXT,
    "product_code" TEXT,
    "day_from" DATE NOT NULL,
    "day_to" DATE NOT NULL,
    "time_from" TEXT,
    "time_to" TEXT,
    "reach" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ticket_number" TEXT,
    "state" TEXT NOT NULL,
    "end_reason" TEXT,
    "offers_missed" INTEGER NOT NULL DEFAULT 0,
    "joined_by" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "waiting_entry_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "waiting_entry_days" CHECK (day_from <= day_to),
    CONSTRAINT "waiting_entry_place" CHECK (venue_code IS NULL OR town IS NULL),
    CONSTRAINT "waiting_entry_reach" CHECK (reach IN ('phone', 'web')),
    CONSTRAINT "waiting_entry_channel" CHECK (channel IN ('phone', 'web', 'staff', 'walk-in')),
    CONSTRAINT "waiting_entry_ticket" CHECK ((reach = 'phone') = (ticket_number IS NOT NULL)),
    CONSTRAINT "waiting_entry_state" CHECK (state IN ('waiting', 'offered', 'booked', 'left', 'ended'))
);
CREATE INDEX "waiting_entry_resident_id_idx" ON "waiting_entry"("resident_id");
CREATE UNIQUE INDEX "waiting_entry_one_live" ON "waiting_entry" ("municipality_code", "resident_id", "dose_number")
  WHERE state IN ('waiting', 'offered');
CREATE UNIQUE INDEX "waiting_entry_ticket_number" ON "waiting_entry" ("ticket_number")
  WHERE state IN ('waiting', 'offered');
CREATE INDEX "waiting_entry_in_order" ON "waiting_entry" ("joined_at", "id") WHERE state = 'waiting';

-- A seat kept for one who waits, for a while. Nobody is offered two at once, nor the same slot twice.
CREATE TABLE "waitlist_offer" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "offered_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "waitlist_offer_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "waitlist_offer_state" CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
    CONSTRAINT "waitlist_offer_end" CHECK ((state = 'open') = (ended_at IS NULL)),
    CONSTRAINT "waitlist_offer_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "waiting_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "waitlist_offer_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "waitlist_offer_entry_id_slot_id_key" ON "waitlist_offer"("entry_id", "slot_id");
CREATE UNIQUE INDEX "waitlist_offer_one_open" ON "waitlist_offer" ("entry_id") WHERE state = 'open';
CREATE INDEX "waitlist_offer_open" ON "waitlist_offer" ("expires_at") WHERE state = 'open';

-- The seat of an offer is a hold like any other, but ends with its offer and not with a case.
ALTER TABLE "hold" ADD COLUMN "offer_id" UUID;
ALTER TABLE "hold" ADD CONSTRAINT "hold_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "waitlist_offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX "hold_offer_id_key" ON "hold"("offer_id");
DROP INDEX "hold_one_per_resident_and_dose";
CREATE UNIQUE INDEX "hold_one_per_resident_and_dose" ON "hold" ("resident_id", "dose_number") WHERE offer_id IS NULL;

-- A freed seat on its way to the head of the list, counted as held so that nobody else gets it.
CREATE TABLE "kept_seat" (
    "id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "kept_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kept_seat_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "kept_seat_channel" CHECK (channel IN ('phone', 'web', 'staff', 'walk-in')),
    CONSTRAINT "kept_seat_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "kept_seat_slot_id_idx" ON "kept_seat"("slot_id");

-- Why a freed seat went past somebody to the next.
CREATE TABLE "waitlist_pass" (
    "entry_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "passed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "waitlist_pass_pkey" PRIMARY KEY ("entry_id", "slot_id"),
    CONSTRAINT "waitlist_pass_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "waiting_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- How long an offer stands, and when people are called. One row, changed by the city.
CREATE TABLE "waitlist_setting" (
    "only_row" BOOLEAN NOT NULL DEFAULT true,
    "phone_minutes" INTEGER NOT NULL DEFAULT 30,
    "web_minutes" INTEGER NOT NULL DEFAULT 15,
    "shortest_minutes" INTEGER NOT NULL DEFAULT 5,
    "calling_from" TEXT NOT NULL DEFAULT '09:00',
    "calling_to" TEXT NOT NULL DEFAULT '17:30',
    "calling_weekdays" INTEGER[] NOT NULL DEFAULT ARRAY[1, 2, 3, 4, 5],
    "offers_to_miss" INTEGER NOT NULL DEFAULT 3,

    CONSTRAINT "waitlist_setting_pkey" PRIMARY KEY ("only_row"),
    CONSTRAINT "waitlist_setting_one_row" CHECK (only_row),
    CONSTRAINT "waitlist_setting_sane" CHECK (phone_minutes >= shortest_minutes AND web_minutes >= shortest_minutes
      AND shortest_minutes >= 1 AND calling_from < calling_to AND offers_to_miss >= 1
      AND calling_weekdays <@ ARRAY[0, 1, 2, 3, 4, 5, 6] AND cardinality(calling_weekdays) > 0)
);
INSERT INTO "waitlist_setting" DEFAULT VALUES;
