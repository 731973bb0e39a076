import { openDatabase } from '@madoguchi/database';
import { registry } from '@madoguchi/registry/service';
import { importInto } from './import-into.ts';

/**
 * Child of a bench: imports one file into one database, and prints how that went as one JSON object; where it was
 * refused, the code of that, and it exits with 1.
 */
const [url = '', path = ''] = process.argv.slice(2);
if (!registry.prisma) throw new Error('the registry has no database');
const database = openDatabase({
  url,
  name: 'madoguchi-bench',
  poolSize: 4,
  prisma: registry.prisma.client,
});
const start = performance.now();
const imported = await importInto(database, path);
const seconds = (performance.now() - start) / 1_000;
await database.close();
const peakRssMb = process.resourceUsage().maxRSS / 1_024;
if (imported.ok) {
  const { refused: _refused, ...counts } = imported.value;
  process.stdout.write(JSON.stringify({ seconds, peakRssMb, counts }));
} else {
  process.stdout.write(JSON.stringify({ refused: imported.refusal.code }));
  process.exitCode = 1;
}
