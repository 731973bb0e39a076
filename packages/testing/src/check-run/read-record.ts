import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

type Fields = Readonly<Record<string, unknown>>;
type Attempt = { sent: number; answered: number; ok: boolean; code?: string; value?: Fields };

/** One command of the run: all attempts under one key, or a single one without. Times in epoch ms. */
export type Command = {
  operation: string;
  request: Fields;
  key?: string;
  actor: string;
  role: string;
  caseId?: string;
  attempts: Attempt[];
  /** First sent; last answered; first acknowledged, when it was. */
  sent: number;
  answered: number;
  acknowledged?: number;
  /** `unknown`: an attempt may have had its effect without an answer that says so. */
  outcome: 'done' | 'refused' | 'unknown';
  /** What was acknowledged first. */
  value: Fields;
};

export type RunRecord = {
  commands: Command[];
  /** Case id to the time it ended. */
  casesEnded: Map<string, number>;
  /** Resident id to the newest version that was told, and when. */
  told: Map<string, { version: number; at: number }>;
  kills: Map<string, number>;
  /** The last instant of it, epoch ms. */
  ended: number;
};

/** Answers that leave open whether the command was done. */
const OPEN_ENDED = new Set([
  'messaging_unavailable',
  'dependency_unavailable',
  'deadline_exceeded',
  'internal_fault',
]);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

function attemptOf(line: Fields): Attempt {
  const answer = fields(line['answer']);
  const times = { sent: Number(line['sent']), answered: Number(line['answered']) };
  return answer['ok'] === true
    ? { ...times, ok: true, value: fields(answer['value']) }
    : { ...times, ok: false, code: text(fields(answer['refusal'])['code']) };
}

function settle(command: Command): void {
  const { attempts } = command;
  const done = attempts.filter((one) => one.ok).toSorted((a, b) => a.answered - b.answered)[0];
  command.sent = Math.min(...attempts.map((one) => one.sent));
  command.answered = Math.max(...attempts.map((one) => one.answered));
  if (done) {
    command.acknowledged = done.answered;
    command.value = done.value ?? {};
    command.outcome = 'done';
  } else if (attempts.some((one) => OPEN_ENDED.has(one.code ?? ''))) command.outcome = 'unknown';
}

function newCommand(line: Fields): Command {
  return {
    operation: text(line['operation']),
    request: fields(line['request']),
    ...(line['key'] === undefined ? {} : { key: text(line['key']) }),
    actor: text(line['actor']),
    role: text(line['role']),
    ...(line['caseId'] === undefined ? {} : { caseId: text(line['caseId']) }),
    attempts: [],
    sent: 0,
    answered: 0,
    outcome: 'refused',
    value: {},
  };
}

function noteHappening(record: RunRecord, line: Fields): void {
  const at = Number(line['at']);
  if (line['happened'] === 'case-ended') record.casesEnded.set(text(line['caseId']), at);
  if (line['happened'] === 'killed') {
    const what = text(line['what']);
    record.kills.set(what, (record.kills.get(what) ?? 0) + 1);
  }
  if (line['happened'] === 'told')
    for (const one of line['residents'] as { residentId: string; version: number }[])
      if (one.version > (record.told.get(one.residentId)?.version ?? 0))
        record.told.set(one.residentId, { version: one.version, at });
}

/**
 * A key counts for one body only: another body under it is refused, and is a command of its own here.
 * Keys of other actors and operations are apart.
 */
const identity = (line: Fields): string =>
  [line['actor'], line['operation'], line['key'], JSON.stringify(line['request'])].join('\n');

/** Reads a record line by line and gathers the attempts of each command. */
export async function readRecord(path: string): Promise<RunRecord> {
  const record: RunRecord = {
    commands: [],
    casesEnded: new Map(),
    told: new Map(),
    kills: new Map(),
    ended: 0,
  };
  const keyed = new Map<string, Command>();
  for await (const row of createInterface({ input: createReadStream(path) })) {
    if (row.trim() === '') continue;
    const line = JSON.parse(row) as Fields;
    record.ended = Math.max(record.ended, Number(line['answered'] ?? line['at']));
    if (line['happened'] !== undefined) {
      noteHappening(record, line);
      continue;
    }
    const known = line['key'] === undefined ? undefined : keyed.get(identity(line));
    const command = known ?? newCommand(line);
    command.attempts.push(attemptOf(line));
    if (known) continue;
    record.commands.push(command);
    if (line['key'] !== undefined) keyed.set(identity(line), command);
  }
  for (const command of record.commands) settle(command);
  return record;
}
