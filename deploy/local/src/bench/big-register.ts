import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@madoguchi/database';
import { calendarDate, newId } from '@madoguchi/kernel';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import { registry } from '@madoguchi/registry/service';
import { MUNICIPALITY } from '@madoguchi/testing/test-tokens';
import pg from 'pg';
import { LOOKUP_KEY, say } from './with-service.ts';

const SEED = 11;
export const BIG = Number(process.env['RESIDENTS'] ?? 700_000);

/** A resident as the benches ask for them; all are open and live here. */
export type Asked = {
  id: string;
  name: string;
  nameKana: string | null;
  alias: string | null;
  dateOfBirth: string;
  address: string;
  telephone: string | null;
};

/** Invents 700,000 residents from a fixed seed and imports them as `residents import` does. */
export async function fillRegister(ownerUrl: string): Promise<void> {
  const path = join(tmpdir(), `madoguchi-bench-${newId()}.csv`);
  say(`inventing and importing ${BIG} residents`);
  await writeResidentsFile(
    path,
    inventResidents({ count: BIG, seed: SEED, today: calendarDate('2026-11-24') }),
  );
  if (!registry.prisma) throw new Error('the registry has no database');
  const database = openDatabase({
    url: ownerUrl,
    name: 'bench-import',
    poolSize: 4,
    prisma: registry.prisma.client,
  });
  const imported = await importResidents({
    database,
    municipalityCode: MUNICIPALITY,
    lookupKey: LOOKUP_KEY,
    path,
    who: {
      municipalityCode: MUNICIPALITY,
      actorId: 'bench',
      role: 'system-administrator',
      correlationId: newId(),
    },
  });
  await database.close();
  await rm(path);
  if (!imported.ok) throw new Error(imported.refusal.code);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  // As a register stands some time after an import.
  await client.query('TRUNCATE relay.outbox, relay.audit_entry');
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
  await client.end();
}

/** Everybody who can be found: not protected, living here today. */
export async function everybody(ownerUrl: string): Promise<Asked[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<Asked>(
    `SELECT id, name, name_kana AS "nameKana", alias, date_of_birth AS "dateOfBirth", address,
       telephones[1] AS telephone
     FROM resident WHERE NOT protected AND (removal_date IS NULL OR removal_date > current_date)
     ORDER BY addressee_number`,
  );
  await client.end();
  return rows;
}
