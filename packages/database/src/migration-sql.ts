import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsOf } from './migrate.ts';
import { withSchemaEngine } from './schema-engine.ts';

/**
 * The SQL that takes a database with a service's present migrations to its present `schema.prisma`.
 * @param scratchUrl an empty database the engine may use to replay the migrations
 */
export async function migrationSql(prismaDirectory: string, scratchUrl: string): Promise<string> {
  const path = join(prismaDirectory, 'schema.prisma');
  const content = await readFile(path, 'utf8');
  return withSchemaEngine({ url: scratchUrl, datamodels: [[path, content]] }, async (engine) => {
    const from = await migrationsOf(prismaDirectory).then(
      (list) => ({ tag: 'migrations' as const, ...list }),
      () => ({ tag: 'empty' as const }),
    );
    const { stdout } = await engine.diff({
      from,
      to: { tag: 'schemaDatamodel', files: [{ path, content }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  });
}
