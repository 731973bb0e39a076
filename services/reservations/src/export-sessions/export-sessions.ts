import type { exportSessions as ExportSessions } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { sessionsFile } from './sessions-file.ts';

/** Sessions as the file that `import-sessions` takes; no person is in it. */
export function exportSessions(runtime: Runtime): Handler<typeof ExportSessions> {
  return async (request, context) => {
    const { venueCode, from, to, encoding } = request;
    const file = await runtime.database.transaction(context.who, (tx) =>
      sessionsFile(tx, { venueCode, from, to, encoding }),
    );
    if (!file.ok) return file;
    const { bytes, rows } = file.value;
    return ok({ fileBase64: Buffer.from(bytes).toString('base64'), rows });
  };
}
