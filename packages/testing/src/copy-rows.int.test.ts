import { copyLine, copyRows } from '@madoguchi/database';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('postgresAdminUrl') });
  await client.connect();
  await client.query('CREATE TEMP TABLE copied (place int, word text, list text[], sure boolean)');
});
afterAll(() => client.end());

const COPY = 'COPY copied FROM STDIN';
const count = async (): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM copied',
  );
  return rows[0]?.count ?? 0;
};

describe('copying rows', () => {
  it('brings every text as it is', async () => {
    const text = fc
      .string({ unit: 'binary' })
      .map((any) => any.replaceAll('\0', '').toWellFormed());
    const row = fc.record({
      word: fc.option(text),
      list: fc.array(text, { maxLength: 4 }),
      sure: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        await client.query('TRUNCATE copied');
        await copyRows(
          client,
          COPY,
          rows.map(({ word, list, sure }, place) => copyLine([place, word, list, sure])),
        );
        const { rows: found } = await client.query(
          'SELECT word, list, sure FROM copied ORDER BY place',
        );
        expect(found).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves nothing behind when its source fails, and the connection in order', async () => {
    await client.query('TRUNCATE copied');
    async function* failing() {
      yield copyLine([1, 'a', [], true]);
      throw new Error('the file is gone');
    }
    await expect(copyRows(client, COPY, failing())).rejects.toThrow('the file is gone');
    expect(await count()).toBe(0);
  });

  it('says what the server refuses, and leaves the connection in order', async () => {
    await expect(copyRows(client, COPY, ['not a row\n'])).rejects.toThrow(/invalid input syntax/u);
    await expect(copyRows(client, 'COPY nowhere FROM STDIN', [])).rejects.toThrow(/nowhere/u);
    expect(await count()).toBe(0);
  });

  it('sends no faster than the server takes', async () => {
    let sent = 0;
    function* many() {
      for (; sent < 20_000; sent += 1) yield copyLine([sent, 'x'.repeat(200), [], false]);
    }
    await copyRows(client, COPY, many());
    expect(await count()).toBe(20_000);
  });
});
