import type { Route } from '@madoguchi/http';
import { openApiOf } from '@madoguchi/http';

export const API_INFO = {
  title: 'Madoguchi console',
  version: '1.0.0',
  description:
    'Operators, telephone systems and phone agents. Personal data never stands in a URL: searches are POST.',
};

const escaped = (text: string): string => text.replace(/[&<>"]/gu, (c) => `&#${c.codePointAt(0)};`);

/** A page to read the description by, without scripts. */
function readablePage(routes: readonly Route[]): string {
  const rows = routes.map(
    ({ method, path, summary, authority }) =>
      `<tr><td>${method.toUpperCase()}</td><td><code>${escaped(path)}</code></td><td>${authority}</td><td>${escaped(summary)}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${API_INFO.title}</title><h1>${API_INFO.title}</h1><p>${API_INFO.description} <a href="/api/v1/openapi.json">OpenAPI 3.1</a></p><table>${rows.join('')}</table></html>`;
}

/** The routes that describe the others, and themselves. */
export function describingRoutes(others: readonly Route[]): Route[] {
  const described: Route[] = [...others];
  const own: Route[] = [
    {
      method: 'get',
      path: '/api/v1/openapi.json',
      summary: 'This description.',
      authority: 'none',
      handle: async (_request, response) => void response.json(openApiOf(described, API_INFO)),
    },
    {
      method: 'get',
      path: '/api/v1/docs',
      summary: 'The same as a page to read.',
      authority: 'none',
      replyType: 'text/html',
      handle: async (_request, response) =>
        void response.type('html').send(readablePage(described)),
    },
  ];
  described.push(...own);
  return own;
}
