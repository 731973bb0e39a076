import type { RefusalCode } from '@madoguchi/contracts';
import { REFUSALS } from '@madoguchi/contracts';
import { z } from 'zod';
import type { Route, RouteAuthority } from './route.ts';
import { refusalsOf } from './route-refusals.ts';

const SECURITY: Record<RouteAuthority, object[]> = {
  session: [{ session: [] }],
  'agent-key': [{ agentKey: [] }],
  'path-token': [],
  none: [],
};

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io });
  return rest;
};

const sentenceOf = (code: RefusalCode): string => `- \`${code}\`: ${REFUSALS[code].en}`;

function responsesOf(route: Route): Record<string, unknown> {
  const type = route.replyType ?? 'application/json';
  const schema = route.reply ? jsonSchema(route.reply, 'output') : {};
  const byStatus = Map.groupBy(refusalsOf(route), (code) => REFUSALS[code].status);
  const problems = [...byStatus.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([status, codes]) => [
      String(status),
      {
        description: codes.map(sentenceOf).join('\n'),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]);
  return {
    200: { description: 'Done.', content: { [type]: { schema } } },
    ...Object.fromEntries(problems),
  };
}

function parametersOf(route: Route): unknown[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return [
    ...inPath,
    ...(route.fromPage ? [{ $ref: '#/components/parameters/FromPage' }] : []),
    ...(route.idempotent ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ];
}

const NEEDS = {
  nothing: undefined,
  case: 'Needs an open case of the caller.',
  grant: 'Needs a verified caller: a grant that names every resident of the request.',
} as const;

/** Routes of one subject stand together: what follows the version, or the name of the agents' door. */
const tagOf = (route: Route): string => route.path.split('/')[3] ?? 'api';

function operationOf(route: Route): unknown {
  const parameters = parametersOf(route);
  const needs = NEEDS[route.needs ?? 'nothing'];
  return {
    tags: [tagOf(route)],
    summary: route.summary,
    ...(needs === undefined ? {} : { description: needs }),
    operationId: `${route.method}${route.path.replace(/[^A-Za-z0-9]+/gu, '_')}`,
    security: SECURITY[route.authority],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.request
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.request, 'input') } },
          },
        }
      : {}),
    responses: responsesOf(route),
  };
}

const COMPONENTS = {
  securitySchemes: {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-sid',
      description: 'Cookie that signing in sets (POST /api/v1/session).',
    },
    agentKey: { type: 'http', scheme: 'bearer', description: 'The key of a phone agent.' },
  },
  parameters: {
    FromPage: {
      name: 'x-madoguchi',
      in: 'header',
      required: true,
      description:
        'Says that the request comes from a page of ours; no form of another can send it.',
      schema: { type: 'string', enum: ['console'] },
    },
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description:
        'One key a command, sent again with every try: the first answer is given again, another body under the key is refused.',
      schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
      example: '7d3c6a7e-6f0b-4a51-9f0c-2f6d9d1c5b10',
    },
  },
  schemas: {
    Problem: {
      type: 'object',
      description: 'Why something was refused (RFC 9457); some codes bring members of their own.',
      required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string', description: 'The sentence in English.' },
        status: { type: 'integer' },
        detail: { type: 'string', description: 'The sentence in Japanese, to be read out.' },
        code: { type: 'string', enum: Object.keys(REFUSALS) },
        correlationId: { type: 'string', description: 'To be told to the administrator.' },
        items: {
          type: 'array',
          items: { type: 'string' },
          description: 'Of malformed requests: each member that is wrong, and what it must be.',
        },
      },
      example: {
        type: 'urn:madoguchi:problem:slot_full',
        title: REFUSALS.slot_full.en,
        detail: REFUSALS.slot_full.ja,
        status: REFUSALS.slot_full.status,
        code: 'slot_full',
        correlationId: '01a214ff-f47b-7dc2-a68e-45fa9a55634c',
      },
    },
  },
};

/** OpenAPI 3.1 of a list of routes; complete because nothing else is mounted. */
export function openApiOf(
  routes: readonly Route[],
  info: { title: string; version: string; description: string },
) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: COMPONENTS,
  };
}
