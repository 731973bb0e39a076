import { REFUSALS } from '@madoguchi/contracts';
import type { Route } from '@madoguchi/http';
import { refusalsOf } from '@madoguchi/http';
import { z } from 'zod';

type Info = { title: string; description: string };
/** As much of a JSON schema as stands on the page. */
type Shape = {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  examples?: unknown[];
  default?: unknown;
  items?: Shape;
  anyOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
};

const escaped = (text: string): string => text.replace(/[&<>"]/gu, (c) => `&#${c.codePointAt(0)};`);
const code = (text: string): string => `<code>${escaped(text)}</code>`;
const row = (...cells: string[]): string => `<tr><td>${cells.join('</td><td>')}</td></tr>`;

function typeOf(shape: Shape): string {
  if (shape.enum) return shape.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (shape.anyOf) return shape.anyOf.map(typeOf).join(' | ');
  if (shape.items) return `${typeOf(shape.items)}[]`;
  return [shape.type ?? 'any'].flat().join(' | ');
}

const remarks = ({ description, examples, default: otherwise }: Shape): string =>
  [
    description,
    examples?.[0] === undefined ? undefined : `Example: ${JSON.stringify(examples[0])}.`,
    otherwise === undefined ? undefined : `Otherwise ${JSON.stringify(otherwise)}.`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

/** A member and those inside it, each by its path. */
function members(shape: Shape, path: string[] = []): string[] {
  const inside = shape.items ?? shape;
  return Object.entries(inside.properties ?? {}).flatMap(([name, member]) => {
    const at = [...path, name];
    const wanted = inside.required?.includes(name) ? 'required' : 'optional';
    return [
      row(code(at.join('.')), escaped(typeOf(member)), wanted, escaped(remarks(member))),
      ...members(member, at),
    ];
  });
}

function table(heading: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `<h4>${heading}</h4><table>${rows.join('')}</table>`;
}

const shapeOf = (schema: z.ZodType, io: 'input' | 'output'): Shape =>
  z.toJSONSchema(schema, { unrepresentable: 'any', io }) as Shape;

function section(route: Route): string {
  const headers = [
    ...(route.fromPage ? [row(code('x-madoguchi'), code('console'))] : []),
    ...(route.idempotent
      ? [row(code('Idempotency-Key'), 'one a command, the same in every try')]
      : []),
  ];
  const refusals = refusalsOf(route).map((one) => {
    const { status, en, ja } = REFUSALS[one];
    return row(String(status), code(one), escaped(en), escaped(ja));
  });
  return [
    `<details><summary>${route.method.toUpperCase()} ${code(route.path)} ${escaped(route.summary)}</summary>`,
    `<p>Shown by: ${route.authority}. Needs: ${route.needs ?? 'see the refusals'}.</p>`,
    table('Headers', headers),
    table('Body', route.request ? members(shapeOf(route.request, 'input')) : []),
    table('Answer', route.reply ? members(shapeOf(route.reply, 'output')) : []),
    table('Refusals', refusals),
    '</details>',
  ].join('');
}

/** A page to read the routes by, without scripts: what each takes, answers and refuses. */
export function readablePage(routes: readonly Route[], info: Info): string {
  const tags = Map.groupBy(routes, (route) => route.path.split('/')[3] ?? '');
  const parts = [...tags].map(
    ([tag, ofTag]) => `<h2>${escaped(tag)}</h2>${ofTag.map(section).join('')}`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${info.title}</title><h1>${info.title}</h1><p>${info.description} <a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>${parts.join('')}</html>`;
}
