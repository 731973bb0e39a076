import type { Role } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import type { Runtime } from '@madoguchi/service';
import { digestOfSecret, newSecret } from '../store/digest.ts';
import { insertWorker } from '../store/insert-worker.ts';
import { setVenues } from '../store/set-venues.ts';

export type DemoSignIn = {
  login: string;
  password: string;
  totpSecret: string;
  role: Role;
  displayName: string;
  extension?: string;
};

type DemoRole = Exclude<Role, 'phone-agent' | 'resident' | 'service'>;

const CONTRACTOR = '江戸川コールセンター共同企業体';
const CITY = '江戸川区健康部';

const PEOPLE: readonly [string, string, DemoRole, string, string?][] = [
  ['operator1', '青木 受子', 'operator', CONTRACTOR, '201'],
  ['operator2', '石井 応太', 'operator', CONTRACTOR, '202'],
  ['supervisor1', '上野 統子', 'senior-operator', CONTRACTOR, '301'],
  ['supervisor2', '江口 確', 'senior-operator', CONTRACTOR, '302'],
  ['manager1', '大野 管', 'operations-manager', CONTRACTOR],
  ['reviewer1', '加藤 審', 'reviewer', CONTRACTOR],
  ['venue1', '佐藤 会', 'venue-staff', CONTRACTOR],
  ['city1', '木村 区子', 'city-staff', CITY, '401'],
  ['city2', '黒田 区美', 'city-staff', CITY, '402'],
  ['auditor1', '久保 監', 'auditor', CITY],
  ['admin1', '小林 理', 'system-administrator', CITY],
];

/** Where the demo's `venue1` works: タワーホール船堀. */
const DEMO_VENUE = '1312300011';

/** Invented workers for the local demo, and the key of a phone agent; only where nobody is yet. */
export async function seedDemoStaff(
  runtime: Pick<Runtime, 'database' | 'eventKey' | 'config' | 'clock'>,
): Promise<{ signIns: DemoSignIn[]; agentKey: string } | undefined> {
  const who = {
    municipalityCode: runtime.config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  return runtime.database.transaction(who, async (tx) => {
    const [taken] = await tx.query(`SELECT 1 FROM worker LIMIT 1`);
    if (taken) return undefined;
    const signIns: DemoSignIn[] = [];
    for (const [login, displayName, role, organisation, extension] of PEOPLE) {
      const password = newSecret().slice(0, 16);
      const ext = extension === undefined ? {} : { extension };
      const added = await insertWorker(tx, runtime.eventKey, {
        login,
        displayName,
        role,
        organisation,
        password,
        ...ext,
      });
      if (!added.ok) throw new Error(`demo worker ${login}: ${added.refusal.code}`);
      if (role === 'venue-staff')
        await setVenues(tx, { login, venueCodes: [DEMO_VENUE] }, runtime.clock.now());
      signIns.push({
        login,
        password,
        totpSecret: added.value.totpSecret,
        role,
        displayName,
        ...ext,
      });
    }
    const agentKey = `mdg_${newSecret()}`;
    await tx.query(`INSERT INTO api_key (id, label, key_digest) VALUES ($1::uuid, $2, $3)`, [
      newId(),
      'IVR (demo)',
      digestOfSecret(agentKey),
    ]);
    return { signIns, agentKey };
  });
}
