-- What exactly was agreed to, and the run that used it, since a long list is asked for in several messages.
ALTER TABLE "approval_copy" ADD COLUMN "selection" TEXT, ADD COLUMN "used_by_run" UUID;
