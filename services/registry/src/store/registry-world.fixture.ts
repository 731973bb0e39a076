import { createHmac } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role, Who } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { MUNICIPALITY, testWorld } from '@madoguchi/testing/test-world';
import type { ImportReport } from '../import-residents/import-report.ts';
import { importResidents } from '../import-residents/import-residents.ts';
import type { ImportOptions } from '../import-residents/open-import.ts';
import { registry } from '../service.ts';

export const importer: Who = {
  municipalityCode: MUNICIPALITY,
  actorId: 'test-import',
  role: 'system-administrator',
  correlationId: newId(),
};

const HEADER =
  '宛名番号,氏名,氏名カナ,性別,生年月日,世帯番号,住所,転出先住所,異動事由,異動年月日,消除区分,消除年月日,電話番号,規制情報,備考';

/** One ordinary person, one protected with a household mate, one who moved away, one who died. */
export const PEOPLE = [
  '0000000001,渡邉　花子,ワタナベ ハナコ,2,S39.3.5,1,東京都江戸川区西葛西６丁目２３番１号,,転入,20200401,,,090-1234-5678,,',
  '0000000002,佐藤　幸子,サトウ サチコ,2,19800229,2,東京都江戸川区平井１丁目２番３号,,,,,,080-1111-2222,支援措置,',
  '0000000003,佐藤　翼,サトウ ツバサ,1,20100707,2,東京都江戸川区平井１丁目２番３号,,,,,,,,',
  '0000000004,鈴木　一郎,スズキ イチロウ,1,昭和45年10月10日,3,東京都江戸川区船堀３丁目４番５号,千葉県市川市八幡１丁目１番１号,転出,20260401,転出,20260401,070-3333-4444,,',
  '0000000005,高橋　清,タカハシ キヨシ,1,19400101,4,東京都江戸川区小松川１丁目１番１号,,死亡,20260501,死亡,20260501,,,',
];

export type RegistryWorld = TestWorld & {
  service: RunningService;
  importText(
    text: string | Uint8Array,
    options?: Partial<ImportOptions>,
  ): Promise<ImportReport | string>;
  idOf(addresseeNumber: string): Promise<string>;
  /** An operator with a call from a number, and the tokens for it. */
  desk(
    role?: Role,
    call?: { number?: string; atDesk?: boolean; kind?: 'call' | 'self-service'; stepUpAt?: number },
  ): Promise<Desk>;
  audit(): Promise<Record<string, unknown>[]>;
};
export type Desk = { actorToken: string; permit: string; caseId: string; operatorId: string };

export const csv = (rows: readonly string[], header: string = HEADER): string =>
  [header, ...rows, ''].join('\r\n');

/** The registry over real servers, with `PEOPLE` imported. */
export async function registryWorld(clock: { now(): Date }): Promise<RegistryWorld> {
  const world = await testWorld({ clock });
  const service = await world.start(registry);
  const { config, database } = service.runtime;
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-registry-'));
  const importText: RegistryWorld['importText'] = async (text, options = {}) => {
    const path = join(folder, `${newId()}.csv`);
    await writeFile(path, text);
    const imported = await importResidents({
      database,
      path,
      who: importer,
      municipalityCode: MUNICIPALITY,
      lookupKey: config.LOOKUP_KEY,
      ...options,
    });
    return imported.ok ? imported.value : imported.refusal.code;
  };
  await importText(csv(PEOPLE));
  const digest = (number: string): string =>
    createHmac('sha256', Buffer.from(config.LOOKUP_KEY, 'base64url'))
      .update(number)
      .digest('base64url');
  return {
    ...world,
    service,
    importText,
    async idOf(addresseeNumber) {
      const rows = await world.sql<{ id: string }>(
        'registry',
        'SELECT id FROM resident WHERE addressee_number = $1',
        [addresseeNumber],
      );
      return rows[0]?.id ?? 'nobody';
    },
    async desk(role = 'operator', call = {}) {
      const { stepUpAt, number, ...claims } = call;
      const actor = await world.actor(role, stepUpAt === undefined ? {} : { stepUpAt });
      const permit = await world.permit(actor.id, {
        ...claims,
        ...(number === undefined ? {} : { callerNumberDigest: digest(number) }),
      });
      return {
        actorToken: actor.token,
        permit: permit.token,
        caseId: permit.caseId,
        operatorId: actor.id,
      };
    },
    async audit() {
      const rows = await world.sql<{ entry: Record<string, unknown> }>(
        'registry',
        'SELECT entry FROM relay.audit_entry ORDER BY position',
      );
      return rows.map((row) => row.entry);
    },
  };
}
