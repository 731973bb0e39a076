import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@madoguchi/kernel';
import { noticesConfig } from '@madoguchi/notices/config';
import { printRun } from '@madoguchi/notices/print-ticket/print-run';
import { notices } from '@madoguchi/notices/service';
import {
  beginRun,
  recipientOfRun,
} from '@madoguchi/registry/recipient-for-print/recipients-of-run';
import { registry } from '@madoguchi/registry/service';
import { noticesRunSelection } from '@madoguchi/contracts';
import { z } from 'zod';
import { awaitApproval } from './await-approval.ts';
import { openInstallation } from './installation.ts';
import { withService } from './open-service.ts';
import { CommandRefused, EXIT, refusedBecause, report, WrongUsage } from './outcome.ts';
import type { Progress } from './progress-bar.ts';
import { progressBar } from './progress-bar.ts';

type Options = { json?: boolean; approval: string; limit: string };

function checked(options: Options): { approvalId: string; limit: number } {
  const approval = z.uuid().safeParse(options.approval);
  if (!approval.success)
    throw new WrongUsage('--approval is the id of an approval of kind export.');
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new WrongUsage('--limit is a whole number from 1 to 10000.');
  return { approvalId: approval.data, limit };
}

/** `notices print FOLDER`: papers of tickets that were never printed, once a second person agreed. */
export async function printNoticesCommand(folder: string, options: Options): Promise<void> {
  const { approvalId, limit } = checked(options);
  if (process.env['VERIFY_KEYS'] !== undefined)
    throw new WrongUsage(
      'A print run needs the whole installation; run it where MADOGUCHI_HOME is.',
    );
  const { home } = await openInstallation();
  const config = z.object(noticesConfig).parse({
    ...process.env,
    FONT_DIRECTORIES: process.env['FONT_DIRECTORIES'] ?? `/usr/share/fonts:${home.path('fonts')}`,
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new CommandRefused(`${folder} is not empty; name a new folder.`);
  let progress: Progress | undefined;
  const done = await withService(registry, (register) =>
    withService(notices, async ({ database, who }) => {
      const run = { database: register.database, who: register.who, approvalId };
      const begun = await awaitApproval(() => beginRun(run, limit));
      if (!begun.ok)
        throw refusedBecause(
          begun.refusal,
          folder,
          `The approval was not given, is too old or was used. Somebody asks for an approval of kind export for the selection ${noticesRunSelection(limit)}, a second person agrees, and it is good for one run.`,
        );
      return printRun({
        database,
        who,
        approvalId,
        limit,
        config,
        clock: systemClock,
        recipientOf: (residentId) => recipientOfRun(run, residentId),
        put: (name, pdf) => writeFile(join(folder, name), pdf, { mode: 0o600, flag: 'wx' }),
        onTotal: (total) => (progress = progressBar('Printing', total, options.json)),
        onTicket: () => progress?.advance(1),
      });
    }),
  ).finally(() => progress?.stop());
  report(options.json === true, { folder, ...done }, [
    `${done.printed} papers in ${folder}, each a PDF that is in the print record.`,
    `${done.keptBack} kept back for the desk, ${done.glyphsMissing} with a character that no font here has.`,
  ]);
  if (done.glyphsMissing > 0) process.exitCode = EXIT.refused;
}
