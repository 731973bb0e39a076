import type { GroupImportReport, matchAddressees, ReplyOf, RequestOf } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Clock, Refusal, Result } from '@madoguchi/kernel';
import { addDays, firstFaults, ok, tokyoDate } from '@madoguchi/kernel';
import { decideListing, endedWith } from '../domain/membership.ts';
import {
  lockLists,
  membersSince,
  standingMembers,
  writeMembers,
} from '../store/group-member-store.ts';
import type { MemberRow } from '../store/group-member-store.ts';
import type { ReadList } from './read-list.ts';

type Asked = RequestOf<typeof matchAddressees>['people'];
type Matches = ReplyOf<typeof matchAddressees>['matches'];

/** Asks the register who people are, at most so many at a time as it answers for. */
export type MatchPeople = (people: Asked) => Promise<Result<Matches, Refusal>>;

/** Rows whose people the register knows; the faults of the others stand in the report. */
export type KnownList = {
  rows: (ReadList['rows'][number] & { residentId: string })[];
  report: GroupImportReport;
};

const LOT = 500;
const lots = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / LOT) }, (_, lot) =>
    all.slice(lot * LOT, (lot + 1) * LOT),
  );

const UNMATCHED = {
  unknown: {
    column: '宛名番号',
    reason: '台帳にありません。宛名番号を先頭の 0 も含めて確かめてください',
  },
  'birth-date-differs': {
    column: '生年月日',
    reason: '台帳の生年月日と合いません。宛名番号と生年月日を確かめてください',
  },
} as const;

/** Who the rows are about, as the register knows them. */
export async function knowPeople(
  { rows, report }: ReadList,
  match: MatchPeople,
): Promise<Result<KnownList, Refusal>> {
  const known: KnownList = { rows: [], report: { ...report, refused: [...report.refused] } };
  for (const lot of lots(rows)) {
    const matches = await match(
      lot.map(({ row: { addresseeNumber, dateOfBirth } }) => ({ addresseeNumber, dateOfBirth })),
    );
    if (!matches.ok) return matches;
    for (const [place, { line, row }] of lot.entries()) {
      const { match: found, residentId } = matches.value[place] ?? { match: 'unknown' };
      if (residentId !== undefined) known.rows.push({ line, row, residentId });
      else if (found !== 'found') known.report.refused.push({ line, ...UNMATCHED[found] });
    }
  }
  return ok(known);
}

export type Taking = { dryRun: boolean; whole: boolean; reason: string; clock: Clock };
const keyOf = ({ residentId, groupCode }: { residentId: string; groupCode: string }): string =>
  `${groupCode}/${residentId}`;

/** What the file makes of the lists: who is written, and the counts and faults in the report. */
async function plan(
  tx: Transaction,
  { rows, report }: KnownList,
  { whole, now }: Pick<Taking, 'whole'> & { now: Date },
): Promise<MemberRow[]> {
  const today = tokyoDate(now);
  const keys = rows.map(({ residentId, row }) => ({ residentId, groupCode: row.groupCode }));
  const standing = new Map((await standingMembers(tx.query, keys)).map((one) => [keyOf(one), one]));
  const written: MemberRow[] = [];
  for (const { line, row, residentId } of rows) {
    const key = { residentId, groupCode: row.groupCode };
    const decided = decideListing(standing.get(keyOf(key)), row, today);
    if (decided.outcome === 'reversed') {
      const reason = '開始日より前です。開始日も書くか、最終日を直してください';
      report.refused.push({ line, column: '最終日', reason });
      continue;
    }
    report[decided.outcome] += 1;
    if (decided.outcome !== 'unchanged') written.push({ ...key, ...decided.listing });
  }
  if (!whole) return written;
  const named = new Set(keys.map(keyOf));
  const groups = [...new Set(keys.map(({ groupCode }) => groupCode))];
  const gone = (await membersSince(tx.query, groups, today)).filter(
    (one) => !named.has(keyOf(one)),
  );
  report.ended = gone.length;
  // Not on the list from today on.
  return [...written, ...gone.map((one) => ({ ...one, ...endedWith(one, addDays(today, -1)) }))];
}

/**
 * Takes a list in: all rows, or none and every fault by line. The log names the people and not the list they
 * are on: why somebody comes first is for fewer to know than who was looked at.
 */
export async function takeList(
  tx: Transaction,
  known: KnownList,
  taking: Taking,
): Promise<GroupImportReport> {
  await lockLists(tx);
  // Of the change, not of the request: the register was asked meanwhile, and other lists waited for.
  const { whole, reason, clock } = taking;
  const now = clock.now();
  const { report } = known;
  const written = await plan(tx, known, { whole, now });
  const faults = report.refused.length;
  report.refused = firstFaults(report.refused);
  const refused = faults > 0;
  if (refused) Object.assign(report, { entered: 0, changed: 0, unchanged: 0, ended: 0 });
  else if (!taking.dryRun && written.length > 0) await writeMembers(tx, written, { reason, now });
  const { rows, entered, changed, unchanged, ended } = report;
  const detail = { rows, entered, changed, unchanged, ended, faults };
  const looked = [...known.rows, ...written].map(({ residentId }) => residentId);
  const people = lots([...new Set(looked)]);
  for (const residents of people.length > 0 ? people : [[]])
    tx.audit({
      action: 'import',
      operation: 'reservations.import-group-members',
      outcome: refused ? 'refused' : 'done',
      residents,
      detail: { ...detail, dryRun: taking.dryRun },
    });
  return report;
}
