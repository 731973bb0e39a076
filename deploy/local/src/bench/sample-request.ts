import type { AnyOperation } from '@madoguchi/contracts';
import { addDays, newId, tokyoDate } from '@madoguchi/kernel';
import { z } from 'zod';

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  minItems?: number;
  format?: string;
  pattern?: string;
};

/** What a property of this name is filled with, so that requests mean somebody and something there is. */
export type Known = Readonly<Record<string, unknown>>;

function sampleText(schema: Schema): string {
  if (schema.format === 'date') return addDays(tokyoDate(new Date()), 31);
  if (schema.format === 'date-time') return new Date(Date.now() + 86_400_000).toISOString();
  if (schema.pattern?.includes('[0-9a-f]{8}')) return newId();
  if (schema.pattern?.startsWith('^([01]')) return '10:00';
  if (schema.pattern === String.raw`^\d{10}$`) return '0000000001';
  return 'sample-of-a-text';
}

function sampleOf(schema: Schema, known: Known): unknown {
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  if (choice) return sampleOf(choice, known);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (schema.type ?? 'string') {
    case 'object':
      return sampleFields(schema, known);
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () =>
        sampleOf(schema.items ?? {}, known),
      );
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return sampleText(schema);
  }
}

function sampleFields(schema: Schema, known: Known): Record<string, unknown> {
  const wanted = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) => (schema.required ?? []).includes(name) && field.default === undefined,
  );
  return Object.fromEntries(
    wanted.map(([name, field]) => [name, known[name] ?? sampleOf(field, known)]),
  );
}

/** A request of an operation by its own shape, with nothing in it that may be left out. */
export function sampleRequest(operation: AnyOperation, known: Known): unknown {
  const schema = z.toJSONSchema(operation.request, { io: 'input', unrepresentable: 'any' });
  return sampleOf(schema as Schema, known);
}
