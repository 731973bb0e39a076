import type { RefusalCode } from '@madoguchi/contracts';
import { COMMON_REFUSALS, REFUSALS } from '@madoguchi/contracts';
import { z } from 'zod';
import type { Route, RouteAuthority } from './route.ts';

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

function responsesOf(route: Route): Record<string, unknown> {
  const type = route.replyType ?? 'application/json';
  const schema = route.reply ? jsonSchema(route.reply, 'output') : {};
  const byStatus = new Map<number, string[]>();
  const codes: RefusalCode[] = [
    ...(route.refusals ?? []),
    ...(Object.keys(COMMON_REFUSALS) as RefusalCode[]),
  ];
  for (const code of new Set(codes)) {
    const { status } = REFUSALS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const problems = [...byStatus.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([status, list]) => [
      String(status),
      {
        description: list.join(', '),
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

function operationOf(route: Route): unknown {
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/gu)].map((match) => ({
      name: match[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(route.idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            schema: { type: 'string', maxLength: 200 },
          },
        ]
      : []),
  ];
  return {
    summary: route.summary,
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
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sid' },
        agentKey: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { type: 'string', enum: Object.keys(REFUSALS) },
            correlationId: { type: 'string' },
          },
        },
      },
    },
  };
}
