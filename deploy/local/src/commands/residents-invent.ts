import { parseCalendarDate, tokyoDate } from '@madoguchi/kernel';
import { inventHistory } from '@madoguchi/registry/invent-residents/invent-history';
import { inventResidents } from '@madoguchi/registry/invent-residents/invent-residents';
import {
  writeHistoryFile,
  writeResidentsFile,
} from '@madoguchi/registry/invent-residents/write-residents-file';
import { CommandRefused, report } from './outcome.ts';

type Options = { count: string; seed: string; today?: string; history?: string; json?: boolean };

const MOST = 10_000_000;

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > most)
    throw new CommandRefused(`--${name} is a whole number from 0 to ${most}.`);
  return number;
}

/** `residents invent FILE`: invented people, and their history, as the files that import reads. */
export async function inventResidentsCommand(file: string, options: Options): Promise<void> {
  const today =
    options.today === undefined ? tokyoDate(new Date()) : parseCalendarDate(options.today);
  if (!today) throw new CommandRefused('--today is a day such as 2026-11-24.');
  const count = wholeNumber('count', options.count, MOST);
  const seed = wholeNumber('seed', options.seed, 0xffff_ffff);
  const people = () => inventResidents({ count, seed, today });
  const residents = await writeResidentsFile(file, people());
  const entries =
    options.history === undefined
      ? 0
      : await writeHistoryFile(options.history, inventHistory(people(), { seed, today }));
  report(options.json === true, { residents, entries }, [
    `${residents} residents${options.history === undefined ? '' : `, ${entries} entries of history`}`,
  ]);
}
