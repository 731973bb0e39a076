import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson, problemOf, readBody, TokenBuckets } from './index.ts';

const parse = (text: string) => parseStrictJson(Buffer.from(text));

describe('strict JSON', () => {
  it('reads what JSON.stringify writes', () => {
    const names = fc
      .string()
      .filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue({ maxDepth: 3 })), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/"(__proto__|constructor|prototype)":/.test(text));
        expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });
  it.each([
    '{"a":1,"a":2}',
    '{"a":{"b":1,"\\u0062":2}}',
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{}}}',
    '{"a":NaN}',
    '{"a":1',
    '',
    `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  ])('refuses %.40s (B4, B8)', (text) => expect(parse(text)).toMatchObject({ ok: false }));
  it('refuses bytes that are not UTF-8', () => {
    expect(parseStrictJson(Buffer.from([0x22, 0x90, 0xa0, 0x22]))).toMatchObject({ ok: false });
  });
  it('leaves the prototype alone', () => {
    parse('{"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a body', () => {
  const sent = (chunks: Buffer[], headers: Record<string, string> = {}) => {
    const stream = Readable.from(chunks);
    return { stream, request: Object.assign(stream, { headers }) as unknown as IncomingMessage };
  };
  const tooLarge = { refusal: { code: 'payload_too_large', details: { limitBytes: 10 } } };

  it('is kept up to the limit', async () => {
    const { request } = sent([Buffer.from('01234'), Buffer.from('56789')]);
    expect(await readBody(request, 10)).toEqual({ ok: true, value: Buffer.from('0123456789') });
  });
  it('past the limit is read to its end, so that its sender hears why it is refused', async () => {
    const { stream, request } = sent(Array.from({ length: 100 }, () => Buffer.alloc(1_000)));
    expect(await readBody(request, 10)).toMatchObject(tooLarge);
    expect(stream.readableEnded).toBe(true);
  });
  it('is not waited for when it has no end, or says it is too long to throw away', async () => {
    const endless = sent(Array.from({ length: 20 }, () => Buffer.alloc(1_000_000)));
    expect(await readBody(endless.request, 10)).toMatchObject(tooLarge);
    expect(endless.stream.readableEnded).toBe(false);
    const long = sent([Buffer.alloc(5)], { 'content-length': '9000000' });
    expect(await readBody(long.request, 10)).toMatchObject(tooLarge);
    expect(long.stream.readableEnded).toBe(false);
  });
});

describe('a problem', () => {
  it('has code, both sentences and the status of the table, and no stack', () => {
    const problem = problemOf({ code: 'slot_full' }, 'c1');
    expect(problem).toMatchObject({ status: 409, code: 'slot_full', correlationId: 'c1' });
    expect(problem.detail).toContain('満席');
  });
  it('says the day from which on it no longer holds, where the refusal knows one', () => {
    const code = 'dose_interval_too_short';
    const problem = problemOf({ code, details: { earliest: '2026-12-15' } }, 'c1');
    expect(problem.detail).toMatch(/次に接種できるのは令和8年12月15日からです。$/u);
    expect(problem).toMatchObject({ earliest: '2026-12-15' });
    expect(problem.title).toMatch(/from 2026-12-15 on\.$/u);
  });
  it('never passes an unknown code on', () => {
    expect(problemOf({ code: 'SELECT secret' }, 'c1')).toMatchObject({
      status: 500,
      code: 'internal_fault',
    });
  });
});

describe('token buckets', () => {
  it('weigh requests and refill with time, each caller their own', () => {
    const buckets = new TokenBuckets({ capacity: 10, perSecond: 1 });
    expect(buckets.take('a', 10, 0)).toBe(0);
    expect(buckets.take('a', 3, 0)).toBe(3_000);
    expect(buckets.take('b', 10, 0)).toBe(0);
    expect(buckets.take('a', 3, 3_000)).toBe(0);
  });
});
