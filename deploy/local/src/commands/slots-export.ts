import { writeFile } from 'node:fs/promises';
import { systemClock, tokyoDate } from '@madoguchi/kernel';
import { sessionsFile } from '@madoguchi/reservations/export-sessions/sessions-file';
import { reservations } from '@madoguchi/reservations/service';
import { withService } from './open-service.ts';
import { refusedBecause, report, WrongUsage } from './outcome.ts';
import { checkDays, checkVenue } from './venue-and-days.ts';

type ExportOptions = {
  venue?: string;
  from?: string;
  to?: string;
  out?: string;
  encoding: string;
  json?: boolean;
};

const LAST_DAY = '9999-12-31';

function readExport({ venue, from, to = LAST_DAY, encoding }: ExportOptions) {
  const first = from ?? tokyoDate(systemClock.now());
  if (venue !== undefined) checkVenue(venue, '--venue');
  const beginning = from === undefined ? 'today' : '--from';
  checkDays({ from: first, to }, { from: '--from', to: '--to', beginning });
  if (encoding !== 'cp932' && encoding !== 'utf-8')
    throw new WrongUsage('--encoding is cp932 or utf-8.');
  return { venueCode: venue, from: first, to, encoding } as const;
}

/** `slots export`: the CSV that `slots open` takes. */
export async function exportSlotsCommand(options: ExportOptions): Promise<void> {
  const wanted = readExport(options);
  const { venueCode = 'all venues', from, to, encoding } = wanted;
  const file = await withService(reservations, ({ database, who }) =>
    database.transaction(who, (tx) => sessionsFile(tx, wanted)),
  );
  const range = to === LAST_DAY ? `from ${from}` : `${from} to ${to}`;
  if (!file.ok) throw refusedBecause(file.refusal, `${venueCode}, ${range}`);
  const { bytes, rows, closed } = file.value;
  const counted = `${rows} sessions written, ${closed} of them closed`;
  if (options.out === undefined) {
    process.stdout.write(bytes);
    process.stderr.write(`${counted}\n`);
    return;
  }
  await writeFile(options.out, bytes);
  report(options.json === true, { rows, closed, encoding }, [`${counted}: ${options.out}`]);
}
