import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';

const DEEPEST = 32;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Names of members, per open object: doubled ones and those that reach for prototypes are refused. */
function findFault(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let index = 0;
  let expectsName = false;
  while (index < text.length) {
    const character = text[index];
    if (character === '"') {
      const start = index;
      index += 1;
      while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
      const names = open.at(-1);
      if (expectsName && names) {
        const name = JSON.parse(text.slice(start, index + 1)) as string;
        if (names.has(name)) return 'a member stands twice';
        if (FORBIDDEN.has(name)) return 'a member has a forbidden name';
        names.add(name);
        expectsName = false;
      }
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      expectsName = character === '{';
      if (open.length > DEEPEST) return 'nested too deeply';
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ',') expectsName = open.at(-1) !== undefined;
    index += 1;
  }
  return undefined;
}

/** JSON as we accept it: well-formed, members once, no prototype names. Numbers are the schema's to judge. */
export function parseStrictJson(bytes: Buffer): Result<unknown, Refusal<'malformed_request'>> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const fault = findFault(text);
    if (fault !== undefined) return refuse('malformed_request', { items: [`body: ${fault}`] });
    return ok(JSON.parse(text));
  } catch {
    return refuse('malformed_request', { items: ['body: not JSON in UTF-8'] });
  }
}
