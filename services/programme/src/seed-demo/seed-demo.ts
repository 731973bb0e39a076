import { newId, tokyoDate } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { versionOf } from '../store/catalogue-store.ts';
import { changeCatalogue, lockCatalogue } from '../store/change-catalogue.ts';
import { demoCatalogue, demoList } from './demo-catalogue.ts';

/** The demo's programme, also with what needs a list of people; only where there is none yet. */
export async function seedDemoCatalogue(
  runtime: Pick<Runtime, 'database' | 'config' | 'clock'>,
  { withList = false }: { withList?: boolean } = {},
): Promise<{ version: number }> {
  const { database, clock, config } = runtime;
  const now = clock.now();
  const who = {
    municipalityCode: config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  return database.transaction(who, async (tx) => {
    await lockCatalogue(tx.query, who.municipalityCode);
    const version = await versionOf(tx.query, who.municipalityCode);
    if (version > 0) return { version };
    const today = tokyoDate(now);
    const entries = [...demoCatalogue(today), ...(withList ? demoList(today) : [])];
    const reason = 'an invented programme for the demo';
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
