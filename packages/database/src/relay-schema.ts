/** More than the connections of a service, so that a commit finds a lane that no other holds. */
export const AUDIT_LANES = 16;

/**
 * House tables of every service's database (decision 4). Run by the owner role before the service's
 * own migrations; each statement may run again.
 */
export const RELAY_SCHEMA = /* sql */ `
CREATE SCHEMA IF NOT EXISTS relay;
CREATE TABLE IF NOT EXISTS relay.outbox (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id uuid NOT NULL UNIQUE,
  subject text NOT NULL,
  aggregate_id text NOT NULL,
  aggregate_version bigint NOT NULL,
  payload jsonb NOT NULL,
  traceparent text,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);
CREATE INDEX IF NOT EXISTS outbox_waiting ON relay.outbox (position) WHERE published_at IS NULL;
CREATE TABLE IF NOT EXISTS relay.inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  processed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
-- Stops a transaction whose commit is already on its way behind a statement that did not do what it should.
CREATE OR REPLACE FUNCTION relay.demand(holds boolean, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF holds IS NOT TRUE THEN RAISE EXCEPTION '%', what; END IF;
END $$;
CREATE TABLE IF NOT EXISTS relay.audit_lane (
  lane smallint PRIMARY KEY,
  last bigint NOT NULL DEFAULT 0
);
INSERT INTO relay.audit_lane (lane) SELECT generate_series(1, ${AUDIT_LANES}) ON CONFLICT DO NOTHING;
-- What lane 0 had come to when there were no others; nothing is added to it.
CREATE TABLE IF NOT EXISTS relay.audit_counter (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last bigint NOT NULL DEFAULT 0
);
INSERT INTO relay.audit_counter DEFAULT VALUES ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS relay.audit_entry (
  seq bigint PRIMARY KEY,
  entry jsonb NOT NULL,
  relayed_at timestamptz
);
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute
      WHERE attrelid = 'relay.audit_entry'::regclass AND attname = 'lane') THEN
    ALTER TABLE relay.audit_entry ADD COLUMN lane smallint NOT NULL DEFAULT 0, ADD COLUMN position bigint;
    UPDATE relay.audit_entry SET position = seq;
    ALTER TABLE relay.audit_entry DROP CONSTRAINT audit_entry_pkey, ADD PRIMARY KEY (lane, seq),
      ALTER COLUMN position SET NOT NULL, ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY;
    PERFORM setval(pg_get_serial_sequence('relay.audit_entry', 'position'),
      (SELECT GREATEST(max(seq), 1) FROM relay.audit_entry));
    DROP INDEX IF EXISTS relay.audit_entry_waiting;
  END IF;
END $$;
CREATE INDEX IF NOT EXISTS audit_entry_waiting ON relay.audit_entry (position)
  WHERE relayed_at IS NULL;
CREATE TABLE IF NOT EXISTS relay.idempotency (
  actor_id text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  request_digest text NOT NULL,
  reply jsonb NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (actor_id, operation, key)
);
`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * What the application's role may do: everything but change what is evidence (the audit log, the
 * custody ledger, the ledger of tickets).
 */
export function grantsFor(appRole: string): string {
  const role = quoted(appRole);
  return /* sql */ `
GRANT USAGE ON SCHEMA public, relay TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, relay TO ${role};
GRANT SELECT, INSERT, UPDATE, DELETE ON relay.outbox, relay.inbox, relay.idempotency TO ${role};
GRANT SELECT, UPDATE ON relay.audit_lane TO ${role};
REVOKE ALL ON relay.audit_entry FROM ${role};
GRANT SELECT, INSERT ON relay.audit_entry TO ${role};
GRANT UPDATE (relayed_at) ON relay.audit_entry TO ${role};
DO $$ DECLARE evidence text; BEGIN
  FOREACH evidence IN ARRAY ARRAY['log_entry', 'custody_entry', 'ticket_ledger_entry'] LOOP
    IF to_regclass('public.' || evidence) IS NOT NULL THEN
      EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON public.%I FROM ${role}', evidence);
    END IF;
  END LOOP;
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON public._prisma_migrations FROM ${role};
    GRANT SELECT ON public._prisma_migrations TO ${role};
  END IF;
END $$;
`;
}
