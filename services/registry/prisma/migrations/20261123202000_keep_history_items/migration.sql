-- AlterTable
ALTER TABLE "residency_event" ADD COLUMN     "as_it_came" JSONB;
