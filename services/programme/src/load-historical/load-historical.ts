import { readFile } from 'node:fs/promises';
import { PriorityGroup, Product, Programme, Vaccine } from '@madoguchi/contracts';
import type { Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import { z } from 'zod';
import type { Entry } from '../domain/entry.ts';
import { codeOf, KINDS, PLACES } from '../domain/entry.ts';
import { historicalRules } from '../domain/historical-rules.ts';
import { readCatalogue } from '../store/catalogue-store.ts';
import { changeCatalogue, lockCatalogue } from '../store/change-catalogue.ts';

const Names = z.strictObject({
  vaccines: z.array(Vaccine),
  products: z.array(Product),
  programmes: z.array(Programme),
  priorityGroups: z.array(PriorityGroup),
});

const file = (name: string): Promise<string> =>
  readFile(new URL(`../../data/${name}`, import.meta.url), 'utf8');

/** The historical set as it stands in `data/`. */
async function historicalSet(): Promise<Entry[]> {
  const names = Names.parse(JSON.parse(await file('historical_names.json')));
  return [
    ...names.vaccines.map((row): Entry => ({ kind: 'vaccine', row })),
    ...names.products.map((row): Entry => ({ kind: 'product', row })),
    ...names.programmes.map((row): Entry => ({ kind: 'programme', row })),
    ...names.priorityGroups.map((row): Entry => ({ kind: 'priority-group', row })),
    ...historicalRules(await file('historical_rules.csv'), await file('interval_rules.csv')),
  ];
}

/**
 * Enters what the catalogue lacks of the historical set. A row that is there stays as it is, since
 * somebody may have corrected it.
 */
export async function loadHistorical(given: {
  database: Database;
  who: Who;
  clock: Clock;
}): Promise<{ added: number; version: number }> {
  const entries = await historicalSet();
  return given.database.transaction(given.who, async (tx) => {
    const { municipalityCode } = given.who;
    await lockCatalogue(tx.query, municipalityCode);
    const catalogue = await readCatalogue(tx.query, municipalityCode);
    const known = new Set(
      KINDS.flatMap((kind) =>
        catalogue[PLACES[kind].list].map((row) => `${kind}/${codeOf({ kind, row } as Entry)}`),
      ),
    );
    const missing = entries.filter((entry) => !known.has(`${entry.kind}/${codeOf(entry)}`));
    const done = await changeCatalogue(
      tx,
      missing.map((entry) => ({ entry })),
      {
        reason: 'the rules of the special temporary vaccination 2021–2024',
        now: given.clock.now(),
      },
    );
    if (!done.ok) throw new Error(`historical rules: ${done.refusal.code}`);
    tx.audit({
      action: 'import',
      operation: 'programme.load-historical',
      outcome: 'done',
      detail: { added: missing.length, version: done.value.version },
    });
    return { added: missing.length, version: done.value.version };
  });
}
