import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connectNats, INSTALLATION } from '@madoguchi/messaging';
import { createTelemetry } from '@madoguchi/telemetry';
import type { Home } from '../start/home.ts';
import { openHome } from '../start/home.ts';
import type { Caller } from './operator.ts';
import { BenchOperator } from './operator.ts';
import { percentile, rounded } from './statistics.ts';

/** What a run of `pop` found; times in milliseconds. */
export type PopResult = {
  p50_ms: number;
  p99_ms: number;
  verify_p50_ms: number;
  verify_p99_ms: number;
  lost: number;
  calls: number;
  nats_ms: number;
};

const CALLS_PER_S = 10;
const SECONDS = 60;
/** The first calls of a process meet code that is not compiled yet; they are made, and not counted. */
const WARM_UP_CALLS = 30;

/** Raw NATS request-reply between two connections of this process: the limit of the same run. */
async function natsRoundTrip(home: Home): Promise<number> {
  const { log } = createTelemetry({ service: 'bench', level: 'silent' });
  const nkeySeed = home.secrets.natsKeys[INSTALLATION]?.seed;
  const servers = `nats://127.0.0.1:${home.ports.nats}`;
  const one = await connectNats({ servers, name: INSTALLATION, nkeySeed, log });
  const two = await connectNats({ servers, name: INSTALLATION, nkeySeed, log });
  two.nats.subscribe('bench.echo', { callback: (_error, message) => void message.respond('x') });
  await two.nats.flush();
  const times: number[] = [];
  for (let turn = 0; turn < 2_000; turn += 1) {
    const started = performance.now();
    await one.nats.request('bench.echo', 'x', { timeout: 1_000 });
    times.push(performance.now() - started);
  }
  await one.close();
  await two.close();
  return percentile(times, 0.5);
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>(
    (resolve) => (timer = setTimeout(resolve, limitMs, undefined)),
  );
  const result = await Promise.race([work, limit]);
  clearTimeout(timer);
  return result;
}

/**
 * From a telephone event to the context document at a real socket.io client, and from the verification
 * to the whole context, open loop at 10 calls a second for a minute after 3 s of warm-up, against the
 * running installation.
 */
export async function pop(seconds = SECONDS): Promise<PopResult> {
  const home = await openHome(process.env);
  const demo = JSON.parse(await readFile(home.path('demo.json'), 'utf8')) as {
    url: string;
    ctiToken: string;
    signIns: {
      login: string;
      password: string;
      totpSecret: string;
      role: string;
      extension?: string;
    }[];
    callers: (Caller & { kind: string })[];
  };
  const people = demo.signIns.filter((one) => one.extension !== undefined);
  const desks: BenchOperator[] = [];
  for (const person of people) desks.push(await BenchOperator.signIn(demo, person));
  const callers = demo.callers.filter((one) => one.kind === 'ordinary');
  const popped: number[] = [];
  const verified: number[] = [];
  let lost = 0;
  const total = CALLS_PER_S * seconds;
  const running: Promise<void>[] = [];
  const free = [...desks];
  for (let turn = -WARM_UP_CALLS; turn < total; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000 / CALLS_PER_S));
    const desk = free.shift();
    const caller = callers[(turn + WARM_UP_CALLS) % callers.length];
    if (!desk || !caller) {
      lost += 1;
      continue;
    }
    running.push(
      (async () => {
        const times = await within(5_000, desk.takeCall(caller, randomUUID()));
        if (!times) lost += 1;
        else if (turn >= 0) {
          popped.push(times.popMs);
          verified.push(times.verifyMs);
        }
        free.push(desk);
      })(),
    );
  }
  await Promise.all(running);
  for (const desk of desks) desk.leave();
  return {
    p50_ms: rounded(percentile(popped, 0.5)),
    p99_ms: rounded(percentile(popped, 0.99)),
    verify_p50_ms: rounded(percentile(verified, 0.5)),
    verify_p99_ms: rounded(percentile(verified, 0.99)),
    lost,
    calls: total,
    nats_ms: rounded(await natsRoundTrip(home)),
  };
}
