-- When a copy was filled from its owner's snapshot, to its end. Facts that came before say nothing of that.
CREATE TABLE "copy_fill" (
    "owner" TEXT NOT NULL,
    "filled_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "copy_fill_pkey" PRIMARY KEY ("owner")
);
