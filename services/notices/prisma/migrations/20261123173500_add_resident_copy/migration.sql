-- CreateTable
CREATE TABLE "resident_copy" (
    "resident_id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "refer" BOOLEAN NOT NULL,

    CONSTRAINT "resident_copy_pkey" PRIMARY KEY ("resident_id")
);
