import { openDatabase } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { importResidents } from '@madoguchi/registry/import-residents/import-residents';
import { registry } from '@madoguchi/registry/service';

/** Child of a bench: imports one file into one database, and prints how that went as one JSON object. */
const [url = '', path = ''] = process.argv.slice(2);
if (!registry.prisma) throw new Error('the registry has no database');
const database = openDatabase({
  url,
  name: 'madoguchi-bench',
  poolSize: 4,
  prisma: registry.prisma.client,
});
const municipalityCode = '131237';
const start = performance.now();
const imported = await importResidents({
  database,
  municipalityCode,
  lookupKey: Buffer.alloc(32, 1).toString('base64url'),
  path,
  whole: true,
  who: { municipalityCode, actorId: 'bench', role: 'system-administrator', correlationId: newId() },
});
const seconds = (performance.now() - start) / 1_000;
await database.close();
if (!imported.ok) throw new Error(imported.refusal.code);
const { refused: _refused, ...counts } = imported.value;
const peakRssMb = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ seconds, peakRssMb, counts }));
