import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, openDatabase } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { PrismaClient } from '../generated/client.ts';

const PRISMA = fileURLToPath(new URL('../../prisma/', import.meta.url));
const NAME = `t_${newId().replaceAll('-', '')}`;
const opened = (url: string) =>
  openDatabase({ url, name: 'test', prisma: (adapter) => new PrismaClient({ adapter }) });
const url = new URL(inject('postgresAdminUrl'));
const admin = opened(url.href);
url.pathname = `/${NAME}`;
const database = opened(url.href);
const before = async (): Promise<string[]> =>
  (await readdir(join(PRISMA, 'migrations'))).filter(
    (name) => !name.endsWith('_hold_versions_apart'),
  );

beforeAll(async () => {
  await admin.pool.query(`CREATE DATABASE ${NAME}`);
  await migrate({ ownerUrl: url.href, prismaDirectory: PRISMA, only: await before() });
});
afterAll(async () => {
  await database.close();
  await admin.pool.query(`DROP DATABASE ${NAME}`);
  await admin.close();
});

/** A rule of other vaccines, and in the history what it continues. */
async function entered(code: string, days: [string, string | null], continues?: string) {
  await database.pool.query(
    `INSERT INTO other_vaccine_rule (code, programme_codes, valid_from, valid_to, revision) VALUES ($1, '{}', $2, $3, 1)`,
    [code, ...days],
  );
  await database.pool.query(
    `INSERT INTO catalogue_change (kind, code, revision, version, after, reason, changed_by, changed_at, continues)
     VALUES ('other-vaccine-rule', $1, 1, 1, '{}', 'r', 'somebody', now(), $2)`,
    [code, continues ?? null],
  );
}

it('versions from before they were held apart are found by their history, and stand where they overlap', async () => {
  await entered('a', ['2027-01-01', '2027-02-01']);
  await entered('b', ['2027-02-01', '2027-03-01'], 'a');
  await entered('c', ['2027-03-01', null], 'b');
  await entered('alone', ['2027-01-01', null]);
  // Corrected back into the one before, as was possible then.
  await entered('early', ['2027-01-01', '2027-02-01']);
  await entered('late', ['2027-01-15', null], 'early');
  await migrate({ ownerUrl: url.href, prismaDirectory: PRISMA });
  const { rows } = await database.pool.query(
    'SELECT code, version_of AS first FROM other_vaccine_rule ORDER BY code',
  );
  expect(rows).toEqual([
    { code: 'a', first: 'a' },
    { code: 'alone', first: 'alone' },
    { code: 'b', first: 'a' },
    { code: 'c', first: 'a' },
    { code: 'early', first: 'early' },
    { code: 'late', first: 'late' },
  ]);
  await expect(
    database.pool.query(`UPDATE other_vaccine_rule SET valid_to = NULL WHERE code = 'a'`),
  ).rejects.toThrow('other_vaccine_rule_one_version_a_day');
});
