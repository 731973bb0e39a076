import type { importVenues as ImportVenues } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { takeVenues } from './take-venues.ts';

/** Takes a file of venues; the same command twice is one import. */
export function importVenues(runtime: Runtime): Handler<typeof ImportVenues> {
  return (request, context) => {
    const command = commandOf(context, 'programme.import-venues', request);
    const bytes = Buffer.from(request.fileBase64, 'base64');
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () =>
        takeVenues(tx, { bytes, dryRun: request.dryRun, now: runtime.clock.now() }),
      ),
    );
  };
}
