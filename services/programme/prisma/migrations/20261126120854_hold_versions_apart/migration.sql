-- Two versions of one thing never hold on one day. What a row is a version of is the code of the first of them,
-- as the history links them. Before this was held a later version could be corrected back into the one before:
-- which of such two holds nobody can say here, so each of them stands by itself.
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE "dose_rule" ADD COLUMN "version_of" TEXT;
WITH RECURSIVE versions AS (
    SELECT t.code, t.code AS first FROM "dose_rule" t WHERE NOT EXISTS (
        SELECT 1 FROM "catalogue_change" c WHERE c.kind = 'dose-rule' AND c.code = t.code AND c.continues IS NOT NULL)
    UNION
    SELECT c.code, v.first FROM versions v JOIN "catalogue_change" c ON c.kind = 'dose-rule' AND c.continues = v.code
)
UPDATE "dose_rule" t SET version_of = v.first FROM versions v WHERE v.code = t.code;
UPDATE "dose_rule" t SET version_of = t.code WHERE version_of IS NULL OR EXISTS (
    SELECT 1 FROM "dose_rule" o WHERE o.version_of = t.version_of AND o.code <> t.code
        AND daterange(o.valid_from, o.valid_to) && daterange(t.valid_from, t.valid_to));
ALTER TABLE "dose_rule" ALTER COLUMN "version_of" SET NOT NULL;
ALTER TABLE "dose_rule" ADD CONSTRAINT "dose_rule_one_version_a_day"
    EXCLUDE USING gist (version_of WITH =, daterange(valid_from, valid_to) WITH &&);

ALTER TABLE "other_vaccine_rule" ADD COLUMN "version_of" TEXT;
WITH RECURSIVE versions AS (
    SELECT t.code, t.code AS first FROM "other_vaccine_rule" t WHERE NOT EXISTS (
        SELECT 1 FROM "catalogue_change" c WHERE c.kind = 'other-vaccine-rule' AND c.code = t.code AND c.continues IS NOT NULL)
    UNION
    SELECT c.code, v.first FROM versions v JOIN "catalogue_change" c ON c.kind = 'other-vaccine-rule' AND c.continues = v.code
)
UPDATE "other_vaccine_rule" t SET version_of = v.first FROM versions v WHERE v.code = t.code;
UPDATE "other_vaccine_rule" t SET version_of = t.code WHERE version_of IS NULL OR EXISTS (
    SELECT 1 FROM "other_vaccine_rule" o WHERE o.version_of = t.version_of AND o.code <> t.code
        AND daterange(o.valid_from, o.valid_to) && daterange(t.valid_from, t.valid_to));
ALTER TABLE "other_vaccine_rule" ALTER COLUMN "version_of" SET NOT NULL;
ALTER TABLE "other_vaccine_rule" ADD CONSTRAINT "other_vaccine_rule_one_version_a_day"
    EXCLUDE USING gist (version_of WITH =, daterange(valid_from, valid_to) WITH &&);

ALTER TABLE "priority_group" ADD COLUMN "version_of" TEXT;
WITH RECURSIVE versions AS (
    SELECT t.code, t.code AS first FROM "priority_group" t WHERE NOT EXISTS (
        SELECT 1 FROM "catalogue_change" c WHERE c.kind = 'priority-group' AND c.code = t.code AND c.continues IS NOT NULL)
    UNION
    SELECT c.code, v.first FROM versions v JOIN "catalogue_change" c ON c.kind = 'priority-group' AND c.continues = v.code
)
UPDATE "priority_group" t SET version_of = v.first FROM versions v WHERE v.code = t.code;
UPDATE "priority_group" t SET version_of = t.code WHERE version_of IS NULL OR EXISTS (
    SELECT 1 FROM "priority_group" o WHERE o.version_of = t.version_of AND o.code <> t.code
        AND daterange(o.valid_from, o.valid_to) && daterange(t.valid_from, t.valid_to));
ALTER TABLE "priority_group" ALTER COLUMN "version_of" SET NOT NULL;
ALTER TABLE "priority_group" ADD CONSTRAINT "priority_group_one_version_a_day"
    EXCLUDE USING gist (version_of WITH =, daterange(valid_from, valid_to) WITH &&);
