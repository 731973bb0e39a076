-- When the owner of a copy last said that its facts are on their way.
CREATE TABLE "feed" (
    "owner" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("owner")
);
