ALTER TABLE "priority_group" ALTER COLUMN "opens_on" DROP NOT NULL;
