import { open, rename, rm } from 'node:fs/promises';
import { EXPORT_FORMATS, exportLog } from '@madoguchi/audit/export-log/export-log';
import { audit } from '@madoguchi/audit/service';
import { instantOf } from './installation.ts';
import { withService } from './open-service.ts';
import { report, WrongUsage } from './outcome.ts';
import type { Progress } from './progress-bar.ts';
import { progressBar } from './progress-bar.ts';

type Options = { json?: boolean; format: string; from?: string; to?: string };

/** `audit export FILE`: the file is there whole or not at all, and for its owner only. */
export async function exportAuditCommand(file: string, options: Options): Promise<void> {
  const format = EXPORT_FORMATS.find((one) => one === options.format);
  if (!format) throw new WrongUsage(`--format is one of ${EXPORT_FORMATS.join(', ')}.`);
  const from = instantOf('--from', options.from);
  const to = instantOf('--to', options.to);
  if (from && to && to <= from) throw new WrongUsage('--to lies before --from.');
  let entries = 0;
  let progress: Progress | undefined;
  const unfinished = `${file}.part`;
  const out = await open(unfinished, 'w', 0o600);
  try {
    await withService(audit, async ({ database, who }) => {
      const pieces = exportLog({
        database,
        who,
        format,
        from,
        to,
        onTotal: (total) => (progress = progressBar('Exporting', total, options.json)),
        onProgress: (count) => {
          entries += count;
          progress?.advance(count);
        },
      });
      for await (const piece of pieces) await out.write(piece);
    });
    await out.sync();
    await rename(unfinished, file);
  } finally {
    progress?.stop();
    await out.close();
    await rm(unfinished, { force: true });
  }
  report(options.json === true, { file, format, entries }, [
    `${entries} entries written to ${file}`,
  ]);
}
