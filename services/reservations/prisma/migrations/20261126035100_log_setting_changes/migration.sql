-- What the city set and what it was before: calling hours, how long offers stand, how far ahead sessions are opened.
CREATE TABLE "setting_change" (
    "revision" INTEGER NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "setting_change_pkey" PRIMARY KEY ("revision")
);
