import type { exportVenues as ExportVenues } from '@madoguchi/contracts';
import { ok, tokyoDate } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { writeVenuesFile } from './write-venues-file.ts';

/** The venues as the CSV that import-venues takes. */
export function exportVenues(runtime: Runtime): Handler<typeof ExportVenues> {
  return async ({ encoding }) => {
    const file = await writeVenuesFile(runtime.database.read, encoding);
    if (!file.ok) return file;
    const { bytes, rows } = file.value;
    return ok({
      fileName: `会場_${tokyoDate(runtime.clock.now())}.csv`,
      fileBase64: Buffer.from(bytes).toString('base64'),
      rows,
    });
  };
}
