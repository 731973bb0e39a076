import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine as Engine } from '@prisma/schema-engine-wasm';

const load = createRequire(import.meta.url);

/** The little of the WebAssembly interface used here; Node's own types leave it to the DOM's. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** The generated glue, which wants its WebAssembly instance handed in. */
type Glue = {
  __wbg_set_wasm(exports: Record<string, unknown>): void;
  SchemaEngine: typeof Engine;
};

async function instantiate(): Promise<Glue> {
  const file = load.resolve('@prisma/schema-engine-wasm/schema_engine_bg.wasm');
  const glue: Glue = await import(load.resolve('@prisma/schema-engine-wasm/schema_engine_bg.js'));
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return glue;
}

/**
 * Prisma's own schema engine as WebAssembly, connected through the `pg` adapter, so that migrations
 * need no downloaded binary (decision 3).
 */
export async function openSchemaEngine(
  databaseUrl: string,
  datamodels: [string, string][] = [],
): Promise<Engine> {
  const glue = await instantiate();
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new PrismaPg({ connectionString: databaseUrl }),
  );
  return glue.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}
