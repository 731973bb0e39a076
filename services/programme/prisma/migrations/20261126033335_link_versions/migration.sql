-- Where a row is ended for its next version, each of the two says which the other is.
ALTER TABLE "catalogue_change" ADD COLUMN "continued_by" TEXT, ADD COLUMN "continues" TEXT;
