import { mailingSelection } from '@madoguchi/contracts';
import { parseCalendarDate, tokyoDate } from '@madoguchi/kernel';
import { exportAddressees } from '@madoguchi/registry/export-addressees/export-addressees';
import { registry } from '@madoguchi/registry/service';
import { awaitApproval } from './await-approval.ts';
import { withService } from './open-service.ts';
import { CommandRefused, refusedBecause, report } from './outcome.ts';

type Options = { approval: string; bornFrom: string; bornTo?: string; json?: boolean };

/** `residents mailing FILE`: names and addresses for a printer's shop; protected people go to the desk's queue. */
export async function mailingCommand(file: string, options: Options): Promise<void> {
  const now = new Date();
  const today = tokyoDate(now);
  const bornFrom = parseCalendarDate(options.bornFrom);
  const bornTo = parseCalendarDate(options.bornTo ?? today);
  if (!bornFrom || !bornTo)
    throw new CommandRefused('--born-from and --born-to are days such as 1961-04-01.');
  if (!/^[0-9a-f-]{36}$/u.test(options.approval))
    throw new CommandRefused('--approval is the id of an approved request of kind export.');
  const exported = await withService(registry, ({ database, who, municipalityCode }) =>
    awaitApproval(() =>
      exportAddressees({
        database,
        who,
        municipalityCode,
        today,
        bornFrom,
        bornTo,
        path: file,
        approvalId: options.approval,
        now,
      }),
    ),
  );
  if (!exported.ok)
    throw refusedBecause(
      exported.refusal,
      file,
      `No file was written: a second person has to approve it (request of kind export for the selection ${mailingSelection(bornFrom, bornTo)}), and each approval is good for one file.`,
    );
  report(options.json === true, exported.value, [
    `${exported.value.written} addressees in ${file}; ${exported.value.setAside} people are not in it and wait in the desk's queue.`,
  ]);
}
