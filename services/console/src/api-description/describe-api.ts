import type { Route } from '@madoguchi/http';
import { openApiOf } from '@madoguchi/http';
import { readablePage } from './readable-page.ts';

export const API_INFO = {
  title: 'Madoguchi console',
  version: '1.0.0',
  description:
    'Operators, telephone systems and phone agents. Personal data never stands in a URL: searches are POST. Operators sign in first and send the cookie and the header x-madoguchi with every request; a phone agent sends its key. Refusals are problems (RFC 9457) with a stable code and a sentence in Japanese (detail) and English (title).',
};

/** The routes that describe the others, and themselves. */
export function describingRoutes(others: readonly Route[]): Route[] {
  const described: Route[] = [...others];
  const own: Route[] = [
    {
      method: 'get',
      path: '/api/v1/openapi.json',
      summary: 'This description.',
      authority: 'none',
      needs: 'nothing',
      handle: async (_request, response) => void response.json(openApiOf(described, API_INFO)),
    },
    {
      method: 'get',
      path: '/api/v1/docs',
      summary: 'The same as a page to read.',
      authority: 'none',
      needs: 'nothing',
      replyType: 'text/html',
      handle: async (_request, response) =>
        void response.type('html').send(readablePage(described, API_INFO)),
    },
  ];
  described.push(...own);
  return own;
}
