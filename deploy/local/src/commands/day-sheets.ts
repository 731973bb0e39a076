import { writeFile } from 'node:fs/promises';
import type { DaySheetFormat } from '@madoguchi/contracts';
import { daySheetSelection } from '@madoguchi/contracts';
import { parseCalendarDate } from '@madoguchi/kernel';
import { createPolicy } from '@madoguchi/policy';
import { namesOfRun } from '@madoguchi/registry/names-for-day-sheet/names-of-run';
import { registry } from '@madoguchi/registry/service';
import { reservationsConfig } from '@madoguchi/reservations/config';
import { drawUpSheet } from '@madoguchi/reservations/print-day-sheet/draw-up-sheet';
import { loadSheetFonts } from '@madoguchi/reservations/print-day-sheet/sheet-fonts';
import { reservations } from '@madoguchi/reservations/service';
import { z } from 'zod';
import { awaitApproval } from './await-approval.ts';
import { openInstallation } from './installation.ts';
import { withService } from './open-service.ts';
import { refusedBecause, report, WrongUsage } from './outcome.ts';
import { checkVenue } from './venue-and-days.ts';

type Options = {
  json?: boolean;
  approval: string;
  csv?: boolean;
  encoding: string;
  out?: string;
};

function formatOf({ csv, encoding }: Options): DaySheetFormat {
  if (!csv) return 'pdf';
  if (encoding === 'utf8') return 'csv-utf8';
  if (encoding === 'cp932') return 'csv-cp932';
  throw new WrongUsage('--encoding is utf8 or cp932.');
}

function checked(venueCode: string, day: string, options: Options) {
  const approval = z.uuid().safeParse(options.approval);
  if (!approval.success)
    throw new WrongUsage('--approval is the id of an approval of kind export.');
  checkVenue(venueCode, 'VENUE');
  if (!parseCalendarDate(day)) throw new WrongUsage('DAY is a date such as 2026-11-26.');
  return { approvalId: approval.data, format: formatOf(options) };
}

const adviceOn = (code: string, selection: string): string =>
  code === 'approval_required' || code === 'approval_not_here_yet'
    ? `No sheet was written. Somebody asks for an approval of kind export for the selection ${selection} at the console, and a second person agrees.`
    : 'No sheet was written.';

/** `day-sheets print VENUE DAY`: who comes to a venue on a day, once a second person agreed. */
export async function printDaySheetCommand(
  venueCode: string,
  day: string,
  options: Options,
): Promise<void> {
  const { approvalId, format } = checked(venueCode, day, options);
  if (process.env['VERIFY_KEYS'] !== undefined)
    throw new WrongUsage(
      'A day sheet needs the whole installation; run it where MADOGUCHI_HOME is.',
    );
  const { home } = await openInstallation();
  const config = z.object(reservationsConfig).parse({
    ...process.env,
    FONT_DIRECTORIES: process.env['FONT_DIRECTORIES'] ?? `/usr/share/fonts:${home.path('fonts')}`,
  });
  const now = new Date();
  const policy = createPolicy();
  const drawn = await withService(registry, (register) =>
    withService(reservations, ({ database, who }) =>
      awaitApproval(() =>
        drawUpSheet({
          database,
          who,
          now,
          venueCode,
          day,
          format,
          approvalId,
          shown: config.DAY_SHEET_WITHOUT_NAME,
          fonts: () => loadSheetFonts(config.FONT_DIRECTORIES),
          namesOf: (residentIds) =>
            namesOfRun({
              database: register.database,
              who: register.who,
              policy,
              now,
              request: {
                venueCode,
                day,
                approvalId,
                runId: approvalId,
                residentIds,
                leftOut: config.DAY_SHEET_WITHOUT_NAME === 'left-out',
              },
            }),
        }),
      ),
    ),
  );
  if (!drawn.ok) {
    const selection = daySheetSelection(venueCode, day);
    const advice = adviceOn(drawn.refusal.code, selection);
    throw refusedBecause(drawn.refusal, `${venueCode}, ${day}`, advice);
  }
  const { content, fileName, people, withoutName } = drawn.value;
  const path = options.out ?? fileName;
  await writeFile(path, content, { mode: 0o600, flag: 'wx' });
  report(options.json === true, { file: path, people, withoutName }, [
    `${people} people in ${path}, ${withoutName} of them without a name.`,
  ]);
}
