import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@madoguchi/testing';
import { TOTP } from 'otpauth';

export type SignIn = {
  login: string;
  password: string;
  totpSecret: string;
  role: string;
  displayName: string;
  extension?: string;
};

/** An invented resident with what they would say on the telephone. */
export type Caller = {
  kind: 'ordinary' | 'protected' | 'child' | 'moved-away';
  name: string;
  nameKana: string;
  dateOfBirth: string;
  address: string;
  telephone: string;
  ticketNumber: string;
};

export type Demo = { signIns: SignIn[]; ctiToken: string; callers: Caller[] };

export type Product = {
  origin: string;
  /** Its folder, with the files of the demo. */
  home: string;
  demo: Demo;
  /** The present as the product sees it, epoch ms. */
  now: () => number;
  /** Puts its clock forward; browsers have a clock of their own. */
  putForward: (ms: number) => Promise<void>;
  /** Runs the product's command line against this installation; gives what it printed. */
  command: (...given: readonly string[]) => Promise<string>;
  stop: () => Promise<void>;
};

const ROOT = join(import.meta.dirname, '../../..');
const START_LIMIT_MS = 150_000;
const STOP_LIMIT_MS = 15_000;
const RESIDENTS = 2000;

const CLOCK = pathToFileURL(join(import.meta.dirname, 'moved-clock.ts')).href;

/** Starts the whole product as `npm start` does, with its own home, port and few residents, and a clock to be moved. */
export async function startProduct({ at = new Date() } = {}): Promise<Product> {
  const home = mkdtempSync(join(tmpdir(), 'madoguchi-e2e-'));
  const port = await freePort();
  let ahead = at.getTime() - Date.now();
  const child = spawn(
    process.execPath,
    ['--import', CLOCK, join(ROOT, 'deploy/local/src/main.ts')],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        MADOGUCHI_HOME: home,
        PORT: String(port),
        RESIDENTS: String(RESIDENTS),
        CLOCK_AHEAD_MS: String(ahead),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const origin = `http://localhost:${port}`;
  const demoFile = join(home, 'demo.json');
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(existsSync(demoFile) && (await answers(origin)))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the product did not start:\n${output}`);
    }
    await pause(250);
  }
  return {
    origin,
    home,
    demo: JSON.parse(readFileSync(demoFile, 'utf8')) as Demo,
    now: () => Date.now() + ahead,
    async putForward(ms) {
      ahead += ms;
      const moved = new Promise((resolve) => child.once('message', resolve));
      child.send({ aheadMs: ahead });
      await moved;
    },
    async command(...given) {
      const entry = join(ROOT, 'deploy/local/src/commands/madoguchi.js');
      const { stdout } = await promisify(execFile)(process.execPath, [entry, ...given], {
        env: { ...process.env, MADOGUCHI_HOME: home, PORT: String(port) },
      });
      return stdout;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await Promise.race([ended, pause(STOP_LIMIT_MS)]);
      if (child.exitCode === null) child.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A worker of the demo by role, the first one where no number is given. */
export function personOf({ demo }: Product, role: string, index = 0): SignIn {
  const person = demo.signIns.filter((one) => one.role === role)[index];
  if (person === undefined) throw new Error(`no ${role} number ${index} in demo.json`);
  return person;
}

export function callerOf({ demo }: Product, kind: Caller['kind'], index = 0): Caller {
  const caller = demo.callers.filter((one) => one.kind === kind)[index];
  if (caller === undefined) throw new Error(`no ${kind} caller number ${index} in demo.json`);
  return caller;
}

export function extensionOf({ extension, login }: SignIn): string {
  if (extension === undefined) throw new Error(`${login} has no extension`);
  return extension;
}

async function answers(origin: string): Promise<boolean> {
  try {
    return (await fetch(origin)).ok;
  } catch {
    return false;
  }
}

export async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

const PERIOD_MS = 30_000;
const used = new Map<string, number>();

/** A time-based code that was not used before: each counts once, so the next one is waited for. */
export async function freshCode(secret: string, now = Date.now): Promise<string> {
  const step = (): number => Math.floor(now() / PERIOD_MS);
  while (used.get(secret) === step()) await pause(500);
  used.set(secret, step());
  return new TOTP({ secret }).generate({ timestamp: now() });
}

export type TelephoneEvent = { event: 'newCall' | 'answer' | 'hangup'; [field: string]: string };

/** Posts an event as Zammad's generic CTI does. */
export async function telephone(product: Product, event: TelephoneEvent): Promise<void> {
  const response = await fetch(`${product.origin}/api/v1/cti/${product.demo.ctiToken}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ direction: 'in', ...event }),
  });
  if (!response.ok) throw new Error(`telephone event answered ${response.status}`);
}

let calls = 0;

/** A call from a number that the operator at an extension answers; returns its id at the exchange. */
export async function callIn(product: Product, extension: string, from: string): Promise<string> {
  calls += 1;
  const callId = `e2e-${process.pid}-${calls}`;
  const base = { callId, from, to: '0312345678', queue: '予約・変更' };
  await telephone(product, { event: 'newCall', ...base });
  await telephone(product, {
    event: 'answer',
    ...base,
    user: extension,
    answeringNumber: extension,
  });
  return callId;
}
