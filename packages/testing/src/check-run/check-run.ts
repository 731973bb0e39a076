import { checkAnswers } from './check-answers.ts';
import { checkCopies } from './check-copies.ts';
import { checkFacts } from './check-facts.ts';
import { checkHolds } from './check-holds.ts';
import { checkMoments } from './check-moments.ts';
import { checkShut } from './check-shut.ts';
import { checkTables } from './check-tables.ts';
import { checkTogether } from './check-together.ts';
import { checkVisits } from './check-visits.ts';
import { checkWaitingList } from './check-waiting-list.ts';
import { readRecord } from './read-record.ts';
import { readTables } from './read-tables.ts';
import { bookingsOf, mayHaveActed, slotOf, staysOf, text } from './seats.ts';

/** 0 whole, 1 findings, 2 wrong usage, 3 the record or the database cannot be read. */
const EXIT = { whole: 0, findings: 1, usage: 2, unreadable: 3 } as const;

const print = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const countOf = (names: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
};

/**
 * Checks a run of reservations from outside: reads the record of its commands and answers, and the
 * tables, replays, and prints findings, one JSON object a line; the last line sums up.
 */
async function checkRun(path: string, databaseUrl: string): Promise<number> {
  const record = await readRecord(path);
  const { commands } = record;
  const tables = await readTables(databaseUrl, {
    slots: [...new Set(commands.map(slotOf).filter((id) => id !== ''))],
    residents: [...record.told.keys()],
    ended: record.ended,
  });
  const bookings = bookingsOf(record, tables);
  const stays = staysOf(record, bookings, tables);
  const findings = [
    ...checkTables(tables),
    ...checkAnswers(record, bookings, tables),
    ...checkMoments(record, stays, tables),
    ...checkHolds(stays, tables),
    ...checkCopies(record, bookings, tables),
    ...checkTogether(record, bookings, tables),
    ...checkVisits(record, tables),
    ...checkShut(record, bookings, tables),
    ...checkFacts(bookings, tables),
    ...checkWaitingList(record, tables),
  ];
  for (const finding of findings) print(finding);
  print({
    whole: findings.length === 0,
    findings: findings.length,
    commands: commands.length,
    attempts: commands.reduce((total, { attempts }) => total + attempts.length, 0),
    acknowledged: commands.filter(({ outcome }) => outcome === 'done').length,
    done: countOf(commands.filter(({ outcome }) => outcome === 'done').map((one) => one.operation)),
    unanswered: commands.filter((one) => mayHaveActed(one) && one.outcome !== 'done').length,
    bookings: bookings.length,
    residents: new Set(commands.map((one) => text(one.request['residentId']))).size,
    kills: Object.fromEntries(record.kills),
  });
  return findings.length === 0 ? EXIT.whole : EXIT.findings;
}

const [path, databaseUrl, ...rest] = process.argv.slice(2);
if (path === undefined || databaseUrl === undefined || rest.length > 0) {
  process.stderr.write('usage: npm run check-run -- RECORD DATABASE_URL\n');
  process.exit(EXIT.usage);
}
process.exitCode = await checkRun(path, databaseUrl).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return EXIT.unreadable;
});
