/** Every CHECK and unique index of the tables, so that the database itself stops nothing. */
export const DROP_GUARDS = `
DO $$ DECLARE guard record; BEGIN
  FOR guard IN SELECT conrelid::regclass AS owner, conname AS name FROM pg_constraint
    WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard.owner, guard.name);
  END LOOP;
  FOR guard IN SELECT indexrelid::regclass AS name FROM pg_index JOIN pg_class c ON c.oid = indrelid
    WHERE indisunique AND NOT indisprimary AND c.relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('DROP INDEX %s', guard.name);
  END LOOP;
END $$`;
