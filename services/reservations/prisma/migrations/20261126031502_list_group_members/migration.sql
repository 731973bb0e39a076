-- Who is on the list of a priority group (優先接種対象者名簿), for which days of vaccination. Half-open.
CREATE TABLE "group_member" (
    "resident_id" UUID NOT NULL,
    "group_code" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "entered_by" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("resident_id", "group_code")
);
CREATE INDEX "group_member_group_code_idx" ON "group_member"("group_code");
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_range" CHECK (valid_to IS NULL OR valid_from <= valid_to);

-- Every state that a row of it was in. Rows are added only.
CREATE TABLE "group_member_change" (
    "resident_id" UUID NOT NULL,
    "group_code" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "group_member_change_pkey" PRIMARY KEY ("resident_id", "group_code", "revision")
);

-- Residents whose lists changed and whose future bookings were not judged anew since.
CREATE TABLE "recheck_resident" (
    "resident_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "recheck_resident_pkey" PRIMARY KEY ("resident_id")
);
CREATE INDEX "recheck_resident_changed_at_idx" ON "recheck_resident"("changed_at");

-- Groups of catalogues that were told before bookings had a first day of their own.
UPDATE "rulebook_copy" SET "rules" = jsonb_set("rules", '{priorityGroups}', coalesce((
    SELECT jsonb_agg('{"bookableFrom": null}'::jsonb || g ORDER BY place)
    FROM jsonb_array_elements("rules"->'priorityGroups') WITH ORDINALITY AS e(g, place)), '[]'::jsonb))
WHERE "rules" ? 'priorityGroups';
