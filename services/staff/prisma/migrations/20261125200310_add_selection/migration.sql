-- What exactly is agreed to, where an operation names it.
ALTER TABLE "approval" ADD COLUMN "selection" TEXT;
