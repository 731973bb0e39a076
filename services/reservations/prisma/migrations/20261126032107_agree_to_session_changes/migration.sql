-- A second person's say about a change of sessions, as staff tells of it.
CREATE TABLE "approval_copy" (
    "approval_id" UUID NOT NULL,
    "selection" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "approval_copy_pkey" PRIMARY KEY ("approval_id")
);

-- A closing or a cut as it was proposed, the versions of its sessions then, and how many people it hit then.
CREATE TABLE "session_change" (
    "id" UUID NOT NULL,
    "change" JSONB NOT NULL,
    "sessions" JSONB NOT NULL,
    "people" INTEGER NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ NOT NULL,
    "done_at" TIMESTAMPTZ,

    CONSTRAINT "session_change_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "session_change_people_check" CHECK (people >= 0)
);

-- Sessions that one person closed at once, for a second one to confirm.
CREATE TABLE "emergency_closing" (
    "id" UUID NOT NULL,
    "session_ids" UUID[] NOT NULL,
    "reason" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "people" INTEGER NOT NULL,
    "closed_by" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ NOT NULL,
    "confirm_by" TIMESTAMPTZ NOT NULL,
    "decision" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ,

    CONSTRAINT "emergency_closing_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "emergency_closing_decision_check" CHECK (decision IN ('confirmed', 'disputed')),
    CONSTRAINT "emergency_closing_two_people_check" CHECK (decided_by <> closed_by)
);

CREATE INDEX "emergency_closing_decided_at_idx" ON "emergency_closing"("decided_at");
