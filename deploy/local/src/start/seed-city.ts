import { access, readFile, writeFile } from 'node:fs/promises';
import { seedDemoDoses } from '@madoguchi/health-records/seed-demo/seed-demo';
import { newId, tokyoDate } from '@madoguchi/kernel';
import { issueDemoTickets } from '@madoguchi/notices/seed-demo/seed-demo';
import { loadHistorical } from '@madoguchi/programme/load-historical/load-historical';
import { seedDemoCatalogue } from '@madoguchi/programme/seed-demo/seed-demo';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import { seedDemoProgramme } from '@madoguchi/reservations/seed-demo/seed-demo';
import { areFilled } from '@madoguchi/reservations/store/feed-store';
import type { Runtime } from '@madoguchi/service';
import { seedDemoStaff } from '@madoguchi/staff/seed-demo/seed-demo';
import { SingleBar } from 'cli-progress';
import pg from 'pg';
import type { Home } from './home.ts';
import { CHILD, writePriorityList } from './priority-list.ts';
import { databaseOf } from './servers.ts';
import type { RunningAll } from './run-services.ts';

export type City = {
  home: Home;
  running: RunningAll;
  residents: number;
  postgresAdminUrl: string;
  url: string;
};

const SEED = 131_237;

function runtimeOf(running: RunningAll, name: string): Runtime {
  const service = running.get(name);
  if (!service) throw new Error(`${name} does not run in this process`);
  return service.runtime;
}

function bar(title: string, total: number): SingleBar {
  const shown = new SingleBar({
    format: `${title} {bar} {value}/{total} ({eta_formatted})`,
    hideCursor: true,
    noTTYOutput: false,
    stopOnComplete: true,
  });
  shown.start(total, 0);
  return shown;
}

type Row = Record<string, string>;

const couldCall = (row: Row): boolean =>
  row['住民種別'] === '日本人' &&
  !row['消除区分'] &&
  Boolean(row['氏名カナ']) &&
  /^(19[5-9]\d)/.test(row['生年月日'] ?? '') &&
  !/[\uE000-\uF8FF]/.test(row['氏名'] ?? '');

/** Few residents may come without a protected one; the demo's last caller who could be one then is. */
function* withSomebodyProtected(rows: Iterable<Row>): Generator<Row> {
  let found = false;
  let candidate: Row | undefined;
  for (const row of rows) {
    found ||= couldCall(row) && Boolean(row['規制情報']);
    if (found || !couldCall(row)) {
      yield row;
      continue;
    }
    if (candidate) yield candidate;
    candidate = row;
  }
  if (candidate) yield found ? candidate : { ...candidate, 規制情報: '支援措置' };
}

async function inventAndImport(city: City): Promise<void> {
  const file = city.home.path('residents.csv');
  await writeResidentsFile(
    file,
    withSomebodyProtected(
      inventResidents({ count: city.residents, seed: SEED, today: tokyoDate(new Date()) }),
    ),
  );
  const registry = runtimeOf(city.running, 'registry');
  const progress = bar('Inventing residents', city.residents);
  const report = await importResidents({
    database: registry.database,
    path: file,
    municipalityCode: registry.config.MUNICIPALITY_CODE,
    lookupKey: registry.config.LOOKUP_KEY,
    who: {
      municipalityCode: registry.config.MUNICIPALITY_CODE,
      actorId: 'local-runner',
      role: 'service',
      correlationId: newId(),
    },
    onProgress: (rows, _share, phase) => phase === 'writing' && progress.update(rows),
  });
  progress.stop();
  if (!report.ok) throw new Error(`residents: ${report.refusal.code}`);
}

/** The demo's rules and venues beside the historical ones; what is there already is left as it is, but for the end of the demo's. */
async function seedCatalogue(city: City): Promise<number> {
  const { database, clock, config } = runtimeOf(city.running, 'programme');
  await seedDemoCatalogue({ database, clock, config }, { withList: true });
  const who = {
    municipalityCode: config.MUNICIPALITY_CODE,
    actorId: 'local-runner',
    role: 'service' as const,
    correlationId: newId(),
  };
  return (await loadHistorical({ database, clock, who })).version;
}

/** Programme's rules and venues, and the slots of reservations once they have come there. */
async function seedProgramme(city: City): Promise<void> {
  const version = await seedCatalogue(city);
  const reservations = runtimeOf(city.running, 'reservations');
  for (;;) {
    const { rows } = await reservations.database.pool.query(
      'SELECT 1 FROM rulebook_copy WHERE version >= $1',
      [version],
    );
    if (rows.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await seedDemoProgramme(reservations);
}

/**
 * Copies reach the other services through events; waits until the reservations have all of them, and each was
 * filled once, before which no seat is given.
 */
async function waitForCopies(city: City): Promise<void> {
  const { database } = runtimeOf(city.running, 'reservations');
  for (;;) {
    const { rows } = await database.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM resident_copy',
    );
    if ((rows[0]?.count ?? 0) >= city.residents && (await areFilled(database.read))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Invented people to call as: what they would say, for the demo and the browser tests. */
async function chooseCallers(city: City) {
  const url = new URL(city.postgresAdminUrl);
  url.pathname = `/${databaseOf('registry')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const base = `SELECT r.name, r.name_kana AS "nameKana", r.date_of_birth AS "dateOfBirth", r.address,
    COALESCE(r.telephones[1], '') AS telephone,
    COALESCE((SELECT t.ticket_number FROM ticket_copy t WHERE t.resident_id = r.id AND t.state = 'issued' LIMIT 1), '') AS "ticketNumber"
    FROM resident r`;
  // With a name that every font can print, and where that matters without an earlier dose of the demo.
  const grown = `r.birth_day BETWEEN '1940-01-01' AND '2005-01-01' AND r.name_kana IS NOT NULL
    AND r.name !~ '[\\uE000-\\uF8FF]'`;
  const adult = `${grown} AND right(r.id::text, 1) <> '0'`;
  const withTicket = `EXISTS (SELECT 1 FROM ticket_copy t WHERE t.resident_id = r.id AND t.state = 'issued')`;
  const alone = `(SELECT count(*) FROM resident o WHERE r.telephones[1] = ANY(o.telephones)) = 1`;
  try {
    const kinds = [
      [
        'ordinary',
        `${adult} AND ${withTicket} AND ${alone} AND NOT r.protected AND r.removal_date IS NULL AND r.resident_kind = '日本人'`,
        4,
      ],
      [
        'protected',
        `${grown} AND r.protected AND cardinality(r.restrictions) > 0 AND r.resident_kind = '日本人'`,
        1,
      ],
      ['child', CHILD, 1],
      ['moved-away', `${adult} AND NOT r.protected AND r.removal_date IS NOT NULL`, 1],
    ] as const;
    const callers = [];
    for (const [kind, condition, count] of kinds) {
      const { rows } = await client.query(
        `${base} WHERE ${condition} ORDER BY r.addressee_number LIMIT ${count}`,
      );
      callers.push(...rows.map((row: object) => ({ kind, ...row })));
    }
    return callers;
  } finally {
    await client.end();
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Whether there are residents that no demo of ours began to make: a restored register, say. */
async function isInhabited(city: City): Promise<boolean> {
  if (await isThere(city.home.path('residents.csv'))) return false;
  const { rows } = await runtimeOf(city.running, 'registry').database.pool.query(
    'SELECT 1 FROM resident LIMIT 1',
  );
  return rows.length > 0;
}

/**
 * Fills an empty installation with an invented city; a full one is left as it is, but for new days when all have
 * passed, and rules of the demo that would end.
 */
export async function seedCity(city: City): Promise<void> {
  const file = city.home.path('demo.json');
  if (await isThere(file)) {
    // A demo of an earlier version kept its rules and venues in reservations; one of long ago has no days left,
    // and rules that have ended or end soon.
    await seedProgramme(city);
    return;
  }
  if (await isInhabited(city)) return;
  await inventAndImport(city);
  const staff = (await seedDemoStaff(runtimeOf(city.running, 'staff'))) ?? {
    signIns: [],
    agentKey: '',
  };
  await seedProgramme(city);
  await waitForCopies(city);
  await seedDemoDoses(runtimeOf(city.running, 'health-records'));
  const progress = bar('Issuing tickets     ', city.residents);
  await issueDemoTickets(runtimeOf(city.running, 'notices'), {
    onProgress: (count) => progress.update(count),
  });
  progress.stop();
  await waitForTickets(city);
  await writePriorityList(
    runtimeOf(city.running, 'registry').database,
    city.home.path('priority-list.csv'),
  );
  const demo = {
    url: city.url,
    ...staff,
    ctiToken: city.home.secrets.ctiToken,
    postgresAdminUrl: city.postgresAdminUrl,
    callers: await chooseCallers(city),
  };
  await writeFile(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}

async function waitForTickets(city: City): Promise<void> {
  const { database } = runtimeOf(city.running, 'registry');
  const notices = runtimeOf(city.running, 'notices').database;
  const { rows: issued } = await notices.pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM ticket',
  );
  for (;;) {
    const { rows } = await database.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM ticket_copy',
    );
    if ((rows[0]?.count ?? 0) >= (issued[0]?.count ?? 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Says where to go and how to sign in. */
export async function welcome(city: City): Promise<void> {
  const text = await readFile(city.home.path('demo.json'), 'utf8').catch(() => undefined);
  if (text === undefined) {
    process.stdout.write(`\nMadoguchi is ready: ${city.url}\n`);
    return;
  }
  const demo = JSON.parse(text) as {
    signIns: {
      login: string;
      password: string;
      totpSecret: string;
      role: string;
      extension?: string;
    }[];
  };
  const lines = demo.signIns.map(
    ({ login, password, totpSecret, role, extension }) =>
      `  ${login.padEnd(12)} ${password}  ${totpSecret}  ${role}${extension ? ` (${extension})` : ''}`,
  );
  process.stdout.write(
    [
      '',
      `Madoguchi is ready: ${city.url}`,
      '',
      'Sign in with login, password and the six-digit code of the secret (any authenticator, or `npx madoguchi code LOGIN`):',
      ...lines,
      '',
      `Telephone events: POST ${city.url}/api/v1/cti/${city.home.secrets.ctiToken}`,
      `People to call as, and everything above: ${city.home.path('demo.json')}`,
      'Ctrl-C stops everything; the next start keeps the data.',
      '',
    ].join('\n'),
  );
}
