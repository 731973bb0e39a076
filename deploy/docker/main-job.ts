import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, tokyoDate } from '@madoguchi/kernel';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import { writeResidentsFile } from '@madoguchi/registry/invent-residents/write-residents-file';
import type { Answer } from '../local/src/main-job/operator-client.fixture.ts';
import { OperatorClient } from '../local/src/main-job/operator-client.fixture.ts';

/**
 * The main job against an installation in containers that is up and empty: people are added and residents
 * imported by the command line inside, everything else goes through HTTP. COMPOSE_PROJECT_NAME and PORT
 * say which installation. Exit code 0 when every step held.
 */
const PEOPLE = 200;
const SEED = 7;
const LIMIT_MS = 60_000;
const EXTENSION = '201';
const origin = `http://localhost:${process.env['PORT'] ?? '8080'}`;
const root = join(import.meta.dirname, '../..');
const today = tokyoDate(new Date());

type Inside = { command: readonly string[]; input?: Buffer };

/** Runs a command in a service's container and gives what it prints. */
function inside(service: string, { command, input }: Inside): string {
  return execFileSync('docker-compose', ['exec', '-T', service, ...command], {
    cwd: root,
    encoding: 'utf8',
    input: input ?? '',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

const madoguchi = <T>(service: string, ...words: string[]): T =>
  JSON.parse(inside(service, { command: ['madoguchi', ...words, '--json'] })) as T;

/** Runs a demo seed beside the service, in its own container and with its own settings. */
function seed(service: 'programme' | 'reservations' | 'notices', name: string): void {
  const script = `
    import { run } from '@madoguchi/service';
    import { ${service} } from '@madoguchi/${service}/service';
    import { ${name} } from '@madoguchi/${service}/seed-demo/seed-demo';
    const environment = { ...process.env, PRIVATE_PORT: '0', LOG_LEVEL: 'error' };
    const running = await run(${service}, { environment });
    await ${name}(running.runtime);
    await running.stop();
    process.exit(0);`;
  const settings = `--env-file=/run/madoguchi/${service}/env`;
  inside(service, { command: ['node', settings, '--input-type=module', '-e', script] });
}

function step(what: string): void {
  process.stdout.write(`${what}\n`);
}

async function until<T>(what: string, attempt: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await attempt();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited ${LIMIT_MS} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What was answered, or a fault that names the step, status and refusal but nobody's data. */
function good(what: string, { status, body }: Answer): Record<string, unknown> {
  if (status === 200) return body;
  throw new Error(`${what}: ${status} ${JSON.stringify(body['code'])}`);
}

/** Somebody who lives here, of age, whose number belongs to nobody else. */
async function importPeople() {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-smoke-'));
  const file = join(folder, 'residents.csv');
  const rows = [...inventResidents({ count: PEOPLE, seed: SEED, today })];
  await writeResidentsFile(file, rows);
  const input = readFileSync(file);
  rmSync(folder, { recursive: true });
  inside('registry', { command: ['sh', '-c', 'cat >/tmp/residents.csv'], input });
  madoguchi('registry', 'residents', 'import', '/tmp/residents.csv');
  const numbers = rows.map((row) => row['電話番号'] ?? '');
  const caller = rows.find((row, index) => {
    const number = numbers[index] ?? '';
    const year = Number(/^\d{4}/.exec(row['生年月日'] ?? '')?.[0]);
    return (
      number !== '' &&
      numbers.indexOf(number) === numbers.lastIndexOf(number) &&
      !row['規制情報'] &&
      !row['消除区分'] &&
      row['住民種別'] === '日本人' &&
      row['氏名カナ'] &&
      year > 1940 &&
      year < 2005
    );
  });
  if (!caller) throw new Error('nobody to call as');
  return {
    number: caller['電話番号'] ?? '',
    items: {
      name: caller['氏名カナ'] ?? '',
      dateOfBirth: caller['生年月日'] ?? '',
      address: caller['住所'] ?? '',
    },
  };
}

async function signIn(login: string, role: string, extension?: string): Promise<OperatorClient> {
  const given = ['--name', login, '--role', role, '--organisation', 'smoke'];
  if (extension !== undefined) given.push('--extension', extension);
  const added = madoguchi<{ initialPassword: string; totpSecret: string }>(
    'staff',
    'staff',
    'add',
    login,
    ...given,
  );
  const { code } = madoguchi<{ code: string }>('staff', 'terminal', 'code', `desk of ${login}`);
  const client = new OperatorClient(origin);
  good('enrol the terminal', await client.post('/terminals', { code }));
  const { initialPassword: password, totpSecret } = added;
  good('sign in', await client.signIn({ login, password, totpSecret }));
  return client;
}

async function call(operator: OperatorClient, from: string): Promise<void> {
  const token = /^CTI_TOKEN='(.*)'$/m.exec(
    inside('console', { command: ['cat', '/run/madoguchi/console/env'] }),
  )?.[1];
  const callId = randomUUID();
  for (const event of [
    { event: 'newCall', from, to: '予約', direction: 'in', callId },
    { event: 'answer', callId, answeringNumber: EXTENSION },
  ]) {
    const { status } = await fetch(`${origin}/api/v1/cti/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    if (status !== 200) throw new Error(`telephone event: ${status}`);
  }
  await until(
    'the call is on the desk',
    async () => operator.document.case?.telephoneState === 'talking',
  );
}

const verify = async (operator: OperatorClient, purpose: string, items: object) => {
  const answer = good('verify', await operator.post('/case/verify', { purpose, items }));
  if (answer['outcome'] !== 'confirmed') throw new Error(`verify: ${String(answer['outcome'])}`);
  return until('the tickets are on the screen', async () => {
    const verified = operator.document.verified;
    return verified?.purpose === purpose && verified.tickets.state === 'ready' && verified;
  });
};

async function book(operator: OperatorClient, residentId: string): Promise<void> {
  const range = { from: addDays(today, 1), to: addDays(today, 5) };
  const wanted = { residentId, doseNumber: 1 };
  const found = good(
    'find slots',
    await operator.send('POST', '/slots/search', { ...wanted, ...range }),
  );
  const [slot] = found['slots'] as { slotId: string }[];
  const held = good('hold', await operator.post('/holds', { ...wanted, slotId: slot?.slotId }));
  const booking = { ...wanted, holdId: held['holdId'] };
  const key = randomUUID();
  const booked = good('book', await operator.post('/reservations', booking, key));
  const again = good('book again', await operator.post('/reservations', booking, key));
  if (again['confirmationNumber'] !== booked['confirmationNumber'])
    throw new Error('the same command booked twice');
}

async function reissue(operator: OperatorClient, caller: { items: object }): Promise<void> {
  const { residentId, tickets } = await verify(operator, 'reissue', caller.items);
  const ticketId = tickets.state === 'ready' ? tickets.value[0]?.ticketId : undefined;
  const wanted = { residentId, ticketId, reason: 'lost-or-damaged' };
  const reissued = good('reissue', await operator.post('/tickets/reissue', wanted));
  const ticket = { residentId, ticketId: reissued['ticketId'] };
  const printed = good('print', await operator.send('POST', '/tickets/print', ticket));
  if (!String(printed['text']).startsWith('%PDF-')) throw new Error('print: not a PDF');
}

/** Every step of the call is in the log, and the log is whole. */
async function audited(supervisor: OperatorClient, login: string): Promise<void> {
  const roster = good('workers', await supervisor.send('POST', '/workers', {}));
  const workers = roster['workers'] as { login: string; operatorId: string }[];
  const operatorId = workers.find((one) => one.login === login)?.operatorId;
  const wanted = ['registry.verify-person', 'registry.reveal-resident', 'reservations.book-slot'];
  wanted.push('notices.reissue-ticket', 'calls.close-case');
  await until('the trail is complete', async () => {
    const page = await supervisor.send('POST', '/audit/entries', { operatorId, limit: 200 });
    const entries = good('audit', page)['entries'] as { operation: string }[];
    return wanted.every((operation) => entries.some((entry) => entry.operation === operation));
  });
  const { whole, entries } = madoguchi<{ whole: boolean; entries: number }>(
    'audit',
    'audit',
    'verify',
  );
  if (!whole || entries === 0) throw new Error('the audit log is not whole');
  step(`The audit log is whole: ${entries} entries.`);
}

async function mainJob(): Promise<void> {
  const caller = await importPeople();
  seed('programme', 'seedDemoCatalogue');
  seed('reservations', 'seedDemoProgramme');
  seed('notices', 'issueDemoTickets');
  step('Residents, slots and tickets are there.');
  const operator = await signIn('smoke-operator', 'operator', EXTENSION);
  const supervisor = await signIn('smoke-supervisor', 'senior-operator');
  await operator.follow();
  await call(operator, caller.number);
  step('The call is on the desk.');
  const { residentId } = await verify(operator, 'reservation', caller.items);
  await book(operator, residentId);
  step('Booked, once.');
  await reissue(operator, caller);
  step('Reissued and printed.');
  const { caseId } = operator.document.case ?? {};
  good('close', await operator.post('/case/close', { caseId, afterCallCode: 'reissued' }));
  await until('the desk is clear', async () => operator.document.case === undefined);
  await audited(supervisor, 'smoke-operator');
  operator.leave();
  step('The main job works in containers.');
}

try {
  await mainJob();
  process.exit(0);
} catch (error) {
  const [sentence] = (error instanceof Error ? error.message : String(error)).split('\n');
  process.stderr.write(`The main job does not work in containers: ${sentence}\n`);
  process.exit(1);
}
