import type { importSessions as ImportSessions } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { importFile } from './import-file.ts';

/** Opens the sessions of a CSV that somebody chose at the console. */
export function importSessions(runtime: Runtime): Handler<typeof ImportSessions> {
  return async (request, context) => {
    const command = commandOf(context, 'reservations.import-sessions', request);
    const { dryRun } = request;
    const bytes = Buffer.from(request.fileBase64, 'base64');
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => importFile(tx, bytes, { now: runtime.clock.now(), dryRun })),
    );
  };
}
