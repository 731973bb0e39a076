import type { CalendarDate } from '@madoguchi/kernel';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import type { Query } from '@madoguchi/database';
import type { Runtime } from '@madoguchi/service';
import type { Entry } from '../domain/entry.ts';
import { codeOf } from '../domain/entry.ts';
import { rowsOf, versionOf } from '../store/catalogue-store.ts';
import { changeCatalogue, lockCatalogue } from '../store/change-catalogue.ts';
import { onlyChangedBy } from '../store/change-history.ts';
import { demoCatalogue, demoList, demoRulesEnd } from './demo-catalogue.ts';

const ACTOR = 'local-runner';
/** Sessions are opened six weeks ahead, and a second dose is booked three weeks after the first. */
const LEAST_DAYS_LEFT = 90;

/** Rules of the demo that end soon, as they reach from today; none that anybody else changed. */
async function reachingFurther(query: Query, today: CalendarDate): Promise<Entry[]> {
  const ofDemo = new Set([...demoCatalogue(today), ...demoList(today)].map(codeOf));
  const untouched = await onlyChangedBy(query, 'dose-rule', ACTOR);
  const soon = addDays(today, LEAST_DAYS_LEFT);
  const rules = await rowsOf(query, 'dose-rule');
  return rules
    .filter(({ ruleCode, validTo }) => {
      const ends = validTo !== null && validTo < soon;
      return ends && ofDemo.has(ruleCode) && untouched.has(ruleCode);
    })
    .map(({ revision: _revision, ...row }) => ({
      kind: 'dose-rule',
      row: { ...row, validTo: demoRulesEnd(today) },
    }));
}

/**
 * The demo's programme, also with what needs a list of people, where there is none yet. Where there is, its
 * rules reach as far again once they end soon, so that a demo that is kept goes on; what somebody changed
 * stays as it is.
 */
export async function seedDemoCatalogue(
  runtime: Pick<Runtime, 'database' | 'config' | 'clock'>,
  { withList = false }: { withList?: boolean } = {},
): Promise<{ version: number }> {
  const { database, clock, config } = runtime;
  const now = clock.now();
  const who = {
    municipalityCode: config.MUNICIPALITY_CODE,
    actorId: ACTOR,
    role: 'service' as const,
    correlationId: newId(),
  };
  return database.transaction(who, async (tx) => {
    await lockCatalogue(tx.query, who.municipalityCode);
    const version = await versionOf(tx.query, who.municipalityCode);
    const today = tokyoDate(now);
    const entries =
      version > 0
        ? await reachingFurther(tx.query, today)
        : [...demoCatalogue(today), ...(withList ? demoList(today) : [])];
    if (entries.length === 0) return { version };
    const reason =
      version > 0 ? 'the demo is kept for longer' : 'an invented programme for the demo';
    const done = await changeCatalogue(
      tx,
      entries.map((entry) => ({ entry })),
      { reason, now },
    );
    if (!done.ok) throw new Error(`demo catalogue: ${done.refusal.code}`);
    tx.audit({
      action: 'administration',
      operation: 'programme.seed-demo',
      outcome: 'done',
      detail: { entries: done.value.changed, version: done.value.version },
    });
    return { version: done.value.version };
  });
}
