import { Readable } from 'node:stream';
import { parseStrictJson } from '@madoguchi/http';
import busboy from 'busboy';
import type { Fields } from './read-event.ts';

function fromJson(body: Buffer): Fields | undefined {
  const parsed = parseStrictJson(body);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  return new Map(
    Object.entries(parsed.value).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value])
        .filter((one) => ['string', 'number'].includes(typeof one))
        .map(String),
    ]),
  );
}

function fromForm(body: Buffer): Fields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8')))
    fields.set(name, [...(fields.get(name) ?? []), value]);
  return fields;
}

async function fromMultipart(body: Buffer, contentType: string): Promise<Fields | undefined> {
  const fields = new Map<string, string[]>();
  try {
    const parser = busboy({
      headers: { 'content-type': contentType },
      limits: { fields: 50, files: 0 },
    });
    parser.on(
      'field',
      (name, value) => void fields.set(name, [...(fields.get(name) ?? []), value]),
    );
    await new Promise((resolve, reject) => {
      parser.on('close', resolve).on('error', reject);
      Readable.from([body]).pipe(parser);
    });
    return fields;
  } catch {
    return undefined;
  }
}

/** Fields of a body in any of the three types; undefined for another type or what cannot be read. */
export async function readFields(body: Buffer, contentType: string): Promise<Fields | undefined> {
  if (/^application\/json\b/iu.test(contentType)) return fromJson(body);
  if (/^application\/x-www-form-urlencoded\b/iu.test(contentType)) return fromForm(body);
  if (/^multipart\/form-data\b/iu.test(contentType)) return fromMultipart(body, contentType);
  return undefined;
}
