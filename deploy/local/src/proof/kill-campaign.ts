import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseEnded } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { durableOf, streamOf } from '@madoguchi/messaging';
import { checkRecord } from '@madoguchi/testing/check-record';
import type { RunRecorder } from '@madoguchi/testing/record-calls';
import { recordCalls } from '@madoguchi/testing/record-calls';
import pg from 'pg';
import { say } from '../bench/with-service.ts';
import { newResidents } from './callers.ts';
import { cityLife } from './city-life.ts';
import type { KillableService, Part } from './killable-service.ts';
import { killableService, PARTS } from './killable-service.ts';

export type Campaign = {
  seconds: number;
  callersPerSecond: number;
  /** Parts that are killed, each at random moments of its own. */
  victims?: readonly Part[];
  /** Shortest and longest time a part lives, in milliseconds. */
  lives?: readonly [number, number];
  /** Ends them as an administrator would instead: the service drains, PostgreSQL restarts fast. */
  inGoodOrder?: boolean;
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const between = ([least, most]: readonly [number, number]): number =>
  least + Math.random() * (most - least);

/** Kills a part again and again until told to stop; leaves it running. */
async function killAtRandom(
  under: KillableService,
  part: Part,
  until: {
    over: boolean;
    lives: readonly [number, number];
    inGoodOrder: boolean;
    recorder: RunRecorder;
  },
): Promise<{ kills: number; backAt: number[] }> {
  let kills = 0;
  const backAt: number[] = [];
  for (;;) {
    const next = Date.now() + between(until.lives);
    while (!until.over && Date.now() < next) await pause(50);
    if (until.over) return { kills, backAt };
    until.recorder.note({ happened: 'killed', what: part });
    kills += 1;
    await (until.inGoodOrder ? under.end(part) : under.kill(part));
    await under.comeBack(part);
    backAt.push(Date.now());
  }
}

const CASE_ENDS = durableOf('reservations', 'case-ends');

/** As calls would: the event until the stream has it. Its signal is left out: it may be lost. */
async function tellCaseEnded({ connection }: KillableService, caseId: string): Promise<void> {
  const body = JSON.stringify({
    eventId: newId(),
    aggregateId: caseId,
    aggregateVersion: 2,
    at: new Date().toISOString(),
    payload: { open: { caseId, afterCallCode: 'answered' } },
  });
  const told = { msgID: caseId, timeout: 2_000 };
  for (;;) {
    const ack = await connection.jetstream
      .publish(caseEnded.subject, body, told)
      .catch(() => undefined);
    if (ack) return;
    await pause(200);
  }
}

/** Starts callers at an even pace, whatever becomes of those before. */
async function sendCallers(
  campaign: Campaign,
  residents: readonly string[],
  tell: (index: number) => Promise<unknown>,
): Promise<void> {
  const started = performance.now();
  const running: Promise<unknown>[] = [];
  for (const index of residents.keys()) {
    const due = started + (index * 1_000) / campaign.callersPerSecond;
    await pause(Math.max(0, due - performance.now()));
    running.push(tell(index));
  }
  await Promise.all(running);
}

/** Waits until what was committed has been told to all, and what was told has been heard. */
async function untilSettled({ ownerUrl, connection }: KillableService): Promise<void> {
  const deadline = Date.now() + 90_000;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const manager = await connection.manager();
  try {
    for (;;) {
      const { rows } = await client.query<{ waiting: number }>(
        `SELECT ((SELECT count(*) FROM relay.outbox WHERE published_at IS NULL)
          + (SELECT count(*) FROM relay.audit_entry WHERE relayed_at IS NULL))::int AS waiting`,
      );
      const follows = await manager.consumers.info(streamOf('calls'), CASE_ENDS);
      const unheard = follows.num_pending + follows.num_ack_pending;
      if ((rows[0]?.waiting === 0 && unheard === 0) || Date.now() > deadline) return;
      await pause(200);
    }
  } finally {
    await client.end();
  }
}

/** Longest time from a part's return to the next acknowledged command. */
function slowestResume(backAt: readonly number[], acknowledged: readonly number[]): number {
  const sorted = acknowledged.toSorted((a, b) => a - b);
  const waits = backAt.map((at) => (sorted.find((one) => one >= at) ?? at) - at);
  return Math.round(Math.max(0, ...waits));
}

/**
 * Callers book, hold, change and cancel at an even pace while service, NATS and PostgreSQL are killed at
 * random moments; afterwards the checker of runs goes through the record and the tables.
 */
export async function killCampaign(campaign: Campaign): Promise<Record<string, number>> {
  const { victims = PARTS, lives = [3_000, 15_000], inGoodOrder = false } = campaign;
  const residents = newResidents(campaign.seconds * campaign.callersPerSecond);
  const life = cityLife(residents);
  const under = await killableService({ prepare: life.prepare });
  const recorder = recordCalls(join(tmpdir(), `madoguchi-kill-campaign-${newId()}.ndjson`));
  const answers: { code: string; at: number }[] = [];
  const recorded = recorder.wrap(under.call);
  const telling: Parameters<typeof life.tell>[1] = {
    tokens: under.tokens,
    call: async (operation, request, context) => {
      const answer = await recorded(operation, request, context);
      answers.push({ code: answer.ok ? 'ok' : answer.refusal.code, at: Date.now() });
      return answer;
    },
    caseEnded: async (caseId) => {
      recorder.note({ happened: 'case-ended', caseId });
      await tellCaseEnded(under, caseId);
    },
  };
  try {
    const killing = { over: false, lives, inGoodOrder, recorder };
    const killers = Promise.all(victims.map((part) => killAtRandom(under, part, killing)));
    killers.catch((error: unknown) => say(String(error)));
    const administering = life.administer(telling, killing);
    const sending = sendCallers(campaign, residents, (index) => life.tell(index, telling));
    await pause(campaign.seconds * 1_000);
    killing.over = true;
    const killed = await killers;
    await Promise.all([sending, administering]);
    await untilSettled(under);
    await recorder.close();
    const verdict = await checkRecord(recorder.path, under.ownerUrl);
    for (const finding of verdict.findings.slice(0, 20)) say(JSON.stringify(finding));
    if (verdict.exitCode === 0) await rm(recorder.path);
    else say(`record: ${recorder.path}`);
    const acknowledged = answers.filter(({ code }) => code === 'ok').map(({ at }) => at);
    const done = verdict.summary['done'] as Record<string, number>;
    return {
      seconds: campaign.seconds,
      callers: residents.length,
      commands: Number(verdict.summary['commands']),
      attempts: Number(verdict.summary['attempts']),
      acknowledged: Number(verdict.summary['acknowledged']),
      bookings: Number(verdict.summary['bookings']),
      ...Object.fromEntries(
        Object.entries(done).map(([operation, times]) => [
          operation.replace('reservations.', 'done_').replaceAll('-', '_'),
          times,
        ]),
      ),
      undecided: life.undecided(),
      sessions_closed_or_cut: life.takenAway(),
      ...Object.fromEntries(
        victims.map((part, index) => [`kills_${part.toLowerCase()}`, killed[index]?.kills ?? 0]),
      ),
      resume_max_ms: slowestResume(
        killed.flatMap(({ backAt }) => backAt),
        acknowledged,
      ),
      internal_faults: answers.filter(({ code }) => code === 'internal_fault').length,
      findings: verdict.findings.length,
      checker_exit_code: verdict.exitCode,
    };
  } finally {
    await under.stop();
  }
}
