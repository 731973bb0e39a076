import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import { freePort } from '@madoguchi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatorClient } from '../main-job/operator-client.fixture.ts';
import { startProcesses } from '../main-job/processes.fixture.ts';

type City = Awaited<ReturnType<typeof startProcesses>>;

const SERVICES = [
  'registry',
  'programme',
  'reservations',
  'health-records',
  'notices',
  'calls',
  'staff',
];
let folder: string;
let city: City;

/** The command line as an administrator runs it. */
async function madoguchi(home: string, ...given: string[]) {
  const entry = fileURLToPath(new URL('command-line.ts', import.meta.url));
  const child = spawn(process.execPath, [entry, ...given], {
    env: { ...process.env, MADOGUCHI_HOME: home, FORCE_COLOR: '0' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const last = out.trim().split('\n').at(-1) ?? '';
  return {
    code,
    out,
    err,
    json: last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : {},
  };
}

/** One number for the whole content of a service's own tables, whatever order the rows lie in. */
async function contentOf(of: City, service: string): Promise<string> {
  const tables = await of.sql<{ name: string }>(
    service,
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       -- Signs of life go on, wherever the city is.
       AND table_name NOT IN ('_prisma_migrations', 'feed', 'copy_fill') ORDER BY 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const [row] = await of.sql<{ n: string; sum: string }>(
      service,
      `SELECT count(*) AS n, md5(coalesce(string_agg(t, '|' ORDER BY t), '')) AS sum
       FROM (SELECT md5(x::text) AS t FROM "${name}" x) rows`,
    );
    parts.push(`${name} ${row?.n} ${row?.sum}`);
  }
  return parts.join('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-installation-'));
  // PostgreSQL runs as another user when we are root, and has to get through.
  await chmod(folder, 0o711);
  city = await startProcesses();
});
afterAll(async () => {
  await city.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('wrong usage', () => {
  it('ends with 2, and says what is wrong', async () => {
    for (const [wanted, said] of [
      [['staff', 'add', 'x', '--name', 'x', '--role', 'king', '--organisation', 'x'], /role/u],
      [['audit', 'export', join(folder, 'x'), '--format', 'pdf'], /fhir, csv/u],
      [['audit', 'export', join(folder, 'x'), '--from', 'yesterday'], /--from/u],
      [['events', 'replay', '--service', 'nobody'], /nobody/u],
      [['events', 'replay', '--from', '2001-01-01'], /35 days/u],
      [['backup'], /folder/u],
      [['slots', 'close', '131', '2026-12-01', '--reason', 'typhoon'], /ten digits/u],
      [['slots', 'close', '1312300011', 'tomorrow', '--reason', 'typhoon'], /YYYY-MM-DD/u],
      [['slots', 'close', '1312300011', '2026-12-01'], /--reason/u],
      [
        [
          'slots',
          'close',
          '1312300011',
          '2026-12-01',
          '--reason',
          'x',
          '--dry-run',
          '--emergency',
          'y',
        ],
        /closes nothing/u,
      ],
      [['slots', 'export', '--venue', '131'], /ten digits/u],
      [['slots', 'export', '--from', '2026-02-30'], /YYYY-MM-DD/u],
      [['slots', 'export', '--from', '2026-12-02', '--to', '2026-12-01'], /before --from/u],
      [['slots', 'export', '--encoding', 'utf-16'], /cp932 or utf-8/u],
      [['slots', 'export', '--out', folder], /is a folder/u],
      [['slots', 'open', join(folder, 'none.csv')], /no such file/u],
      [['staff', 'venues', 'venue1'], /--none/u],
    ] as const) {
      const { code, err } = await madoguchi(city.home, ...wanted);
      expect(code, wanted.join(' ')).toBe(2);
      expect(err).toMatch(said);
    }
  });

  it('is avoided by asking: every command has its help', async () => {
    for (const command of [
      ['audit', 'export'],
      ['events', 'replay'],
      ['migrate'],
      ['backup'],
      ['restore'],
      ['notices', 'print'],
      ['slots', 'open'],
      ['slots', 'close'],
      ['slots', 'export'],
      ['day-sheets', 'print'],
    ]) {
      const { code, out } = await madoguchi(city.home, ...command, '--help');
      expect(code).toBe(0);
      expect(out).toContain('--json');
    }
  });
});

describe('slots', () => {
  const day = addDays(tokyoDate(new Date()), 100);
  const header = '会場コード,接種日,ワクチン,開始,終了,定員,電話枠,Web枠,受付開始';
  const row = (venue: string) => `${venue},${day},MDG-XA,09:00,10:00,4,2,2,2026-01-01 09:00`;

  it('are opened by a file as a whole, and closed by venue and day', async () => {
    const [venue] = await city.sql<{ code: string }>(
      'reservations',
      `SELECT venue_code AS code FROM session ORDER BY 1 LIMIT 1`,
    );
    const code = venue?.code ?? '';
    const file = join(folder, 'sessions.csv');
    writeFileSync(file, `${header}\r\n${row(code)}\r\n${row('9999999999')}\r\n`);
    const faulty = await madoguchi(city.home, 'slots', 'open', file, '--json');
    expect(faulty).toMatchObject({
      code: 1,
      json: { opened: 0, refused: [{ line: 3, column: '会場コード' }] },
    });
    writeFileSync(file, `${header}\r\n${row(code)}\r\n`);
    const opened = await madoguchi(city.home, 'slots', 'open', file, '--json');
    expect(opened).toMatchObject({ code: 0, json: { opened: 1, slots: 6 } });
    const foreseen = await madoguchi(
      city.home,
      'slots',
      'close',
      code,
      day,
      '--reason',
      'typhoon',
      '--dry-run',
      '--json',
    );
    expect(foreseen).toMatchObject({
      code: 0,
      json: {
        dryRun: true,
        sessions: [{ day, startsAt: '09:00', endsAt: '10:00', booked: 0 }],
        toBeCalled: 0,
        secondPerson: false,
      },
    });
    const close = () =>
      madoguchi(city.home, 'slots', 'close', code, day, '--reason', 'typhoon', '--json');
    expect(await close()).toMatchObject({ code: 0, json: { sessions: 1, toBeCalled: 0 } });
    expect(await close()).toMatchObject({ code: 1 });
    const closed = await city.sql(
      'reservations',
      'SELECT DISTINCT closed FROM slot WHERE venue_code = $1 AND day = $2',
      [code, day],
    );
    expect(closed).toEqual([{ closed: true }]);
  });
});

describe('venues import', () => {
  it('says in its check whom of those booked it would hit, and in figures for programs', async () => {
    const file = join(folder, 'venues.csv');
    expect(
      await madoguchi(city.home, 'venues', 'export', file, '--encoding', 'utf-8'),
    ).toMatchObject({
      code: 0,
    });
    const renamed = readFileSync(file, 'utf8').replace('小岩区民館', '小岩会館');
    writeFileSync(file, renamed);
    const check = ['venues', 'import', file, '--dry-run'];
    const said = await madoguchi(city.home, ...check);
    expect(said.out).toMatch(/1 changed, 3 unchanged, 0 faults \(dry run/u);
    expect(said.out).toMatch(/None of \d+ bookings from tomorrow on would be hit\./u);
    expect((await madoguchi(city.home, ...check, '--json')).json).toMatchObject({
      changed: 1,
      affected: { toCall: 0, onClosingDays: 0 },
    });
  });
});

describe('audit export', () => {
  it('writes every entry as an AuditEvent or a line of CSV, for its owner only, and is entered itself', async () => {
    const [fhir, csv] = [join(folder, 'log.ndjson'), join(folder, 'log.csv')];
    const first = await madoguchi(city.home, 'audit', 'export', fhir, '--json');
    expect(first).toMatchObject({ code: 0, json: { format: 'fhir' } });
    const events = readFileSync(fhir, 'utf8').trimEnd().split('\n');
    expect(events).toHaveLength(Number(first.json['entries']));
    expect(events.length).toBeGreaterThan(3);
    for (const line of events)
      expect(JSON.parse(line)).toMatchObject({ resourceType: 'AuditEvent' });
    expect(statSync(fhir).mode & 0o777).toBe(0o600);
    await expect
      .poll(
        async () =>
          (await city.sql('audit', `SELECT 1 FROM log_entry WHERE entry LIKE '%audit.export-log%'`))
            .length,
        { timeout: 5_000 },
      )
      .toBe(1);
    const second = await madoguchi(city.home, 'audit', 'export', csv, '--format', 'csv', '--json');
    expect(second.code).toBe(0);
    expect(readFileSync(csv, 'utf8').trimEnd().split('\r\n').length).toBe(
      Number(second.json['entries']) + 1,
    );
  });
});

describe('day-sheets print', () => {
  const approval = '0196a1f0-0000-7000-8000-000000000002';

  it('writes who comes to a venue on a day, protected people without their names', async () => {
    const [slot] = await city.sql<{ id: string; venue: string; day: string; startsAt: string }>(
      'reservations',
      `SELECT id, venue_code AS venue, day::text AS day, starts_at AS "startsAt" FROM slot
       WHERE day > current_date + 2 ORDER BY day, venue_code, starts_at LIMIT 1`,
    );
    const people = await city.sql<{ id: string; name: string }>(
      'registry',
      `SELECT id, name FROM resident WHERE removal_date IS NULL AND NOT protected ORDER BY id DESC LIMIT 2`,
    );
    for (const [index, { id }] of people.entries())
      await city.sql(
        'reservations',
        `INSERT INTO reservation (id, municipality_code, resident_id, programme_code, dose_number, slot_id, state,
           channel, confirmation_number, booked_by, booked_at)
         VALUES (gen_random_uuid(), '131237', $1, 'autumn', 1, $2, 'booked', 'phone', $3, 'test', now())`,
        [id, slot?.id, `000-000-00${index}`],
      );
    const kept = people[1];
    await city.sql('registry', 'UPDATE resident SET protected = true WHERE id = $1', [kept?.id]);
    const file = join(folder, 'sheet.csv');
    const place = [slot?.venue ?? '', slot?.day ?? ''];
    const print = (...more: string[]) =>
      madoguchi(
        city.home,
        'day-sheets',
        'print',
        ...place,
        '--approval',
        approval,
        '--json',
        ...more,
      );
    const refused = await print('--csv', '--out', file);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`day-sheet/${place.join('/')}`);
    await city.sql(
      'registry',
      `INSERT INTO approval_copy (approval_id, kind, requested_by, decision, expires_at, selection)
       VALUES ($1, 'export', 'manager', 'approved', now() + interval '1 hour', $2)`,
      [approval, `day-sheet/${place.join('/')}`],
    );
    const done = await print('--csv', '--out', file);
    expect(done.err).toBe('');
    expect(done).toMatchObject({ code: 0, json: { people: 2, withoutName: 1 } });
    const rows = readFileSync(file, 'utf8').trimEnd().split('\r\n').slice(1);
    expect(rows[0]).toContain(people[0]?.name);
    expect(rows[1]).toBe(`"${slot?.startsAt}","000-000-001","","","","","",""`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const paper = join(folder, 'sheet.pdf');
    expect(await print('--out', paper)).toMatchObject({ code: 0 });
    expect(readFileSync(paper).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await print('--encoding', 'ebcdic', '--csv')).code).toBe(2);
  });
});

describe('notices print', () => {
  const approval = '0196a1f0-0000-7000-8000-000000000001';
  const print = (into: string, id = approval) =>
    madoguchi(
      city.home,
      'notices',
      'print',
      join(folder, into),
      '--approval',
      id,
      '--limit',
      '3',
      '--json',
    );

  it('prints nothing that no second person agreed to', async () => {
    expect((await print('papers-0')).code).toBe(1);
    expect((await print('papers-0', 'x')).code).toBe(2);
    expect(await city.sql('notices', 'SELECT 1 FROM print_record')).toEqual([]);
  });

  it('prints what was never printed, once an approval, and keeps back who is protected', async () => {
    const next = await city.sql<{ id: string }>(
      'notices',
      `SELECT resident_id AS id FROM ticket WHERE state = 'issued' ORDER BY ticket.id LIMIT 3`,
    );
    const [first] = next;
    // Whoever else among the three is protected or has moved away is kept back too.
    await city.sql(
      'registry',
      `UPDATE resident SET protected = false, restrictions = '{}', removal_date = NULL, removal_type = NULL WHERE id = ANY($1)`,
      [next.map(({ id }) => id)],
    );
    await city.sql('registry', 'UPDATE resident SET protected = true WHERE id = $1', [first?.id]);
    await city.sql(
      'registry',
      `INSERT INTO approval_copy (approval_id, kind, requested_by, decision, expires_at, selection)
       VALUES ($1, 'export', 'manager', 'approved', now() + interval '1 hour', 'notices-run/3')`,
      [approval],
    );
    const done = await print('papers-1');
    expect(done.err).toBe('');
    expect(done).toMatchObject({ code: 0, json: { printed: 2, keptBack: 1, glyphsMissing: 0 } });
    const papers = readdirSync(join(folder, 'papers-1'));
    expect(papers).toHaveLength(2);
    for (const paper of papers) {
      const file = join(folder, 'papers-1', paper);
      expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    expect(await city.sql('notices', 'SELECT 1 FROM print_record')).toHaveLength(2);
    expect(
      await city.sql('registry', 'SELECT 1 FROM bulk_left_out WHERE resident_id = $1', [first?.id]),
    ).toHaveLength(1);
    expect((await print('papers-2')).code).toBe(1);
    await expect
      .poll(
        async () =>
          (
            await city.sql(
              'audit',
              `SELECT 1 FROM log_entry WHERE entry LIKE '%notices.print-run%'`,
            )
          ).length,
        { timeout: 5_000 },
      )
      .toBe(2);
  });
});

describe('a lost stream (F14)', () => {
  it('is made again, told again, and changes nothing for who had it', async () => {
    const [known] = await city.sql<{ n: string }>(
      'reservations',
      'SELECT count(*) AS n FROM resident_copy',
    );
    city.kill('NATS', { forgetting: true });
    await expect
      .poll(async () => (await madoguchi(city.home, 'migrate', '--json')).code, { timeout: 30_000 })
      .toBe(0);
    // One neighbour lost its copy with it, and has nothing but the facts to make it from.
    await city.sql('reservations', 'TRUNCATE resident_copy');
    await city.sql('reservations', 'DELETE FROM relay.inbox');
    const replayed = await madoguchi(city.home, 'events', 'replay', '--json');
    expect(replayed.err).toBe('');
    expect(replayed.code).toBe(0);
    await expect
      .poll(
        async () =>
          (
            await city.sql<{ n: string }>('reservations', 'SELECT count(*) AS n FROM resident_copy')
          )[0]?.n,
        { timeout: 30_000 },
      )
      .toBe(known?.n);
    expect((await madoguchi(city.home, 'audit', 'verify')).code).toBe(0);
  });
});

describe('backup and restore', () => {
  const kept = (): string => join(folder, 'backup');

  it('takes everything as of one moment while the services go on', async () => {
    // Whoever's facts came anew has their bookings judged soon; what that writes is not what is compared below.
    await expect
      .poll(() => city.sql('reservations', 'SELECT 1 FROM recheck_resident'), { timeout: 60_000 })
      .toEqual([]);
    const made = await madoguchi(city.home, 'backup', kept(), '--with-secrets', '--json');
    expect(made.err).toBe('');
    expect(made).toMatchObject({ code: 0, json: { databases: 8 } });
    expect(statSync(kept()).mode & 0o777).toBe(0o700);
    expect(statSync(join(kept(), 'secrets.json')).mode & 0o777).toBe(0o600);
    expect((await madoguchi(city.home, 'restore', kept(), '--dry-run')).code).toBe(0);
  });

  it('refuses a folder that is not empty, databases that are not, and other keys', async () => {
    expect(await madoguchi(city.home, 'backup', kept())).toMatchObject({ code: 1 });
    const full = await madoguchi(city.home, 'restore', kept());
    expect(full.code).toBe(1);
    expect(full.err).toContain('empty databases only');
    const other = join(folder, 'other');
    const keys = await madoguchi(other, 'restore', kept(), '--dry-run');
    expect(keys).toMatchObject({ code: 1 });
    expect(keys.err).toContain('other keys');
  });

  it('finds one changed byte before anything is written', async () => {
    const file = join(kept(), 'registry', 'public.resident.copy.gz');
    const good = readFileSync(file);
    const bad = Buffer.from(good);
    bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 1;
    writeFileSync(file, bad);
    const refused = await madoguchi(join(folder, 'fresh'), 'restore', kept());
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('registry/public.resident.copy.gz was changed');
    writeFileSync(file, good);
  });

  it('brings a city back on an empty machine: the same rows, sign-ins and audit log', async () => {
    const before = new Map<string, string>();
    for (const service of SERVICES) before.set(service, await contentOf(city, service));
    const home = join(folder, 'restored');
    const restored = await madoguchi(home, 'restore', kept(), '--json');
    expect(restored.err).toBe('');
    expect(restored.code).toBe(0);
    const again = await startProcesses({ home, port: await freePort() });
    try {
      for (const service of SERVICES.filter((name) => name !== 'staff'))
        expect(await contentOf(again, service), service).toBe(before.get(service));
      const client = new OperatorClient(`http://localhost:${new URL(again.demo.url).port}`);
      const [person] = again.demo.signIns;
      expect((await client.signIn(person as never)).status).toBe(200);
      expect((await madoguchi(home, 'audit', 'verify')).code).toBe(0);
    } finally {
      await again.stop(true);
    }
  });
});
