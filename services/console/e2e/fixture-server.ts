import { join } from 'node:path';
import { createServer } from 'vite';

export type FixtureServer = {
  address: (scene: string, screen?: string) => string;
  stop: () => Promise<void>;
};

/** Serves the screens with invented data, each scene by name; nothing of the product runs. */
export async function startFixtureServer(): Promise<FixtureServer> {
  const server = await createServer({
    configFile: join(import.meta.dirname, '../web/vite.config.ts'),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const origin = server.resolvedUrls?.local[0];
  if (origin === undefined) throw new Error('the fixture server has no address');
  return {
    address: (scene, screen) =>
      `${origin}fixtures.html?scene=${scene}${screen === undefined ? '' : `#/${screen}`}`,
    stop: async () => server.close(),
  };
}
