import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { openDesk } from './browser.ts';
import type { Desk, Size } from './browser.ts';

export type FixtureServer = {
  address: (scene: string, screen?: string) => string;
  stop: () => Promise<void>;
};

/** The day the invented data speaks of: on any other, other sentences stand on the screens. */
const INVENTED_DAY = '2026-11-24T10:00:00+09:00';

/** A desk whose clock starts on the morning of the invented data. */
export async function openFixtureDesk(size: Size): Promise<Desk> {
  const desk = await openDesk(size);
  await desk.page.clock.install({ time: new Date(INVENTED_DAY) });
  return desk;
}

const WEB = join(import.meta.dirname, '../web');

/**
 * Serves the screens with invented data, each scene by name; nothing of the product runs. They are built
 * first: module by module, each page asks for some hundred files, of which on a busy machine one was late.
 */
export async function startFixtureServer(): Promise<FixtureServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'madoguchi-fixtures-'));
  const shared = { configFile: join(WEB, 'vite.config.ts'), logLevel: 'error' as const };
  await build({
    ...shared,
    build: { outDir, rolldownOptions: { input: join(WEB, 'fixtures.html') } },
  });
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error('the fixture server has no address');
  return {
    address: (scene, screen) =>
      `${origin}fixtures.html?scene=${scene}${screen === undefined ? '' : `#/${screen}`}`,
    stop: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
