import { RETENTION_MS } from '@madoguchi/messaging';
import type { Service } from '@madoguchi/service';
import { withService } from './open-service.ts';
import { instantOf, servicesNamed } from './installation.ts';
import { report, Unreachable, WrongUsage } from './outcome.ts';
import { progressBar } from './progress-bar.ts';

type Options = { json?: boolean; dryRun?: boolean; service?: string; from?: string; to?: string };
type Window = { from: Date; to: Date };
type Marked = { events: number; auditEntries: number };

/** Nothing published for so long means that nobody does. */
const PATIENCE_MS = 15_000;

const IN_WINDOW = {
  events: `published_at IS NOT NULL AND recorded_at >= $1 AND recorded_at < $2`,
  auditEntries: `relayed_at IS NOT NULL AND (entry->>'at')::timestamptz >= $1
    AND (entry->>'at')::timestamptz < $2`,
};

/** What is to travel again is marked as if it had not; the service's own relay sends it, in order. */
const mark = (service: Service, { from, to }: Window, dryRun: boolean): Promise<Marked> =>
  withService(service, ({ database, who }) =>
    database.transaction(who, async (tx) => {
      const count = async (table: string, condition: string): Promise<number> => {
        const [row] = await tx.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM relay.${table} WHERE ${condition}`,
          [from, to],
        );
        return row?.n ?? 0;
      };
      const marked = {
        events: await count('outbox', IN_WINDOW.events),
        auditEntries: await count('audit_entry', IN_WINDOW.auditEntries),
      };
      if (dryRun || marked.events + marked.auditEntries === 0) return marked;
      const window = [from, to];
      await tx.query(
        `UPDATE relay.audit_entry SET relayed_at = NULL WHERE ${IN_WINDOW.auditEntries}`,
        window,
      );
      await tx.query(
        `UPDATE relay.outbox SET published_at = NULL WHERE ${IN_WINDOW.events}`,
        window,
      );
      tx.audit({
        action: 'administration',
        operation: 'events.replay',
        outcome: 'done',
        detail: { ...marked, from: from.toISOString(), to: to.toISOString() },
      });
      return marked;
    }),
  );

const waiting = (service: Service): Promise<number> =>
  withService(service, async ({ database }) => {
    const [row] = await database.read<{ n: number }>(
      `SELECT (SELECT count(*) FROM relay.outbox WHERE published_at IS NULL)::int
        + (SELECT count(*) FROM relay.audit_entry WHERE relayed_at IS NULL)::int AS n`,
    );
    return row?.n ?? 0;
  });

async function untilSent(services: readonly Service[], json?: boolean): Promise<void> {
  const left = async (): Promise<number> =>
    (await Promise.all(services.map(waiting))).reduce((sum, n) => sum + n, 0);
  let before = await left();
  const progress = progressBar('Publishing', before, json);
  let patientUntil = Date.now() + PATIENCE_MS;
  try {
    while (before > 0) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      const now = await left();
      if (now < before) patientUntil = Date.now() + PATIENCE_MS;
      else if (Date.now() > patientUntil)
        throw new Unreachable(
          `${now} facts and audit entries are marked and wait: is Madoguchi running, and NATS with it? They go out by themselves as soon as it is.`,
        );
      progress.advance(Math.max(before - now, 0));
      before = now;
    }
  } finally {
    progress.stop();
  }
}

/**
 * `events replay`: facts and audit entries of the retention travel again, after a stream was lost or
 * taken back. Whoever had them already drops them by their ids.
 */
export async function replayEventsCommand(options: Options): Promise<void> {
  const services = servicesNamed(options.service);
  const oldest = new Date(Date.now() - RETENTION_MS);
  const from = instantOf('--from', options.from) ?? oldest;
  const to = instantOf('--to', options.to) ?? new Date();
  if (from < oldest)
    throw new WrongUsage(
      `--from lies before the retention of ${RETENTION_MS / 86_400_000} days; older facts are taken over with the owner's snapshot.`,
    );
  if (to <= from) throw new WrongUsage('--to lies before --from.');
  const marked: Record<string, Marked> = {};
  for (const service of services)
    marked[service.name] = await mark(service, { from, to }, options.dryRun === true);
  if (options.dryRun !== true) await untilSent(services, options.json);
  const verb = options.dryRun === true ? 'would go' : 'went';
  const lines = Object.entries(marked).map(
    ([service, { events, auditEntries }]) =>
      `${service.padEnd(14)} ${events} facts and ${auditEntries} audit entries ${verb} out again`,
  );
  const dryRun = options.dryRun === true;
  report(options.json === true, { from, to, dryRun, services: marked }, lines);
}
