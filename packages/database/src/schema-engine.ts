import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine as Engine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

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

/** Where the engine leaves the reason of a panic; its glue looks for it under this name. */
function listenToPanics(): void {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => process.emitWarning(`schema engine: ${message}`),
    },
  });
}

async function instantiate(): Promise<Glue> {
  listenToPanics();
  const folder = dirname(load.resolve('@prisma/schema-engine-wasm'));
  const glue: Glue = await import(join(folder, 'schema_engine_bg.js'));
  const { instance } = await WebAssembly.instantiate(
    await readFile(join(folder, 'schema_engine_bg.wasm')),
    {
      './schema_engine_bg.js': glue,
    },
  );
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return glue;
}

/** Code, not state: the glue module has room for one WebAssembly instance a process. */
let loaded: Promise<Glue> | undefined;

/**
 * Prisma's own schema engine as WebAssembly, connected through the `pg` adapter, so that migrations
 * need no downloaded binary (decision 3). Its connections end with the work.
 */
export async function withSchemaEngine<T>(
  connection: { url: string; datamodels: [string, string][] },
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  loaded ??= instantiate();
  const glue = await loaded;
  const pool = new pg.Pool({ connectionString: connection.url, max: 2 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await glue.SchemaEngine.new(
    { datamodels: connection.datamodels },
    () => undefined,
    adapter,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}
