import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { Express } from 'express';

/** The built pages; without them a sentence that says how to build them. */
export function servePages(app: Express): void {
  const folder = fileURLToPath(new URL('../../web/dist/', import.meta.url));
  if (!existsSync(folder)) {
    app.get('/', (_request, response) =>
      response.status(503).type('text/plain').send('The pages are not built: npm run build'),
    );
    return;
  }
  app.use(
    '/assets',
    express.static(`${folder}assets`, {
      immutable: true,
      maxAge: '365d',
      index: false,
      dotfiles: 'deny',
    }),
  );
  app.use(
    express.static(folder, {
      maxAge: 0,
      cacheControl: false,
      dotfiles: 'deny',
      setHeaders: (response) => response.setHeader('cache-control', 'no-store'),
    }),
  );
}
