import { createHmac, createVerify, timingSafeEqual } from 'node:crypto';
import { typedText } from '@madoguchi/contracts';
import type { TelephoneEvent } from '@madoguchi/contracts';

/** Fields of a telephone system's request, each with all its values; JSON, form and multipart look alike. */
export type Fields = ReadonlyMap<string, readonly string[]>;

const KIND = {
  newCall: 'ringing',
  answer: 'answered',
  hangup: 'ended',
  initiated: 'ringing',
  ringing: 'ringing',
  queued: 'ringing',
  'in-progress': 'answered',
  completed: 'ended',
  busy: 'ended',
  failed: 'ended',
  'no-answer': 'ended',
  canceled: 'ended',
} as const satisfies Record<string, TelephoneEvent['kind']>;

/** What a field may hold at most; the catalog's lengths. */
const LONGEST = 60;
const LONGEST_KEY = 200;

const TEXT = typedText(LONGEST_KEY);

/** Only what the catalog takes stays: a call is not lost for an odd character in a queue's name. */
function readable(value: string, longest: number): string {
  if (value.length <= longest && TEXT.safeParse(value).success) return value;
  let kept = '';
  for (const character of value.toWellFormed()) {
    if (kept.length + character.length > longest) break;
    if (TEXT.safeParse(character).success) kept += character;
  }
  return kept.trim();
}

const firstOf = (fields: Fields, names: readonly string[], longest: number): string | undefined =>
  names
    .flatMap((name) => fields.get(name) ?? [])
    .map((value) => readable(value.slice(0, longest * 4).trim(), longest))
    .find((value) => value !== '');

const first = (fields: Fields, ...names: string[]) => firstOf(fields, names, LONGEST);

/** Ids of calls, whole: two calls must not become one because their ids begin alike. */
const keyOf = (fields: Fields, ...names: string[]) => firstOf(fields, names, LONGEST_KEY);

const some = <K extends string>(key: K, value: string | undefined) =>
  value === undefined ? {} : ({ [key]: value } as Record<K, string>);

function readTwilio(fields: Fields, key: string): TelephoneEvent | undefined {
  const kind = KIND[(first(fields, 'CallStatus') ?? '') as keyof typeof KIND];
  if (kind === undefined) return undefined;
  return {
    kind,
    dialect: 'twilio',
    callKey: key,
    direction: first(fields, 'Direction')?.startsWith('outbound') ? 'out' : 'in',
    ...some('originalCallKey', keyOf(fields, 'ParentCallSid')),
    ...some('from', first(fields, 'From', 'Caller')),
    ...some('to', first(fields, 'To', 'Called')),
  };
}

/** A code as the catalog takes it, from whatever the telephone system says; undefined when nothing is left. */
const causeOf = (said: string): string | undefined =>
  said.replace(/[^A-Za-z0-9_-]/gu, '').replace(/^[_-]+/u, '') || undefined;

/** Zammad's generic CTI and sipgate's push share their words; `origCallId` and `fullUserId` are sipgate's. */
function readZammadOrSipgate(fields: Fields, key: string): TelephoneEvent | undefined {
  const word = first(fields, 'event') ?? '';
  const event = KIND[word as keyof typeof KIND];
  if (event === undefined) return undefined;
  const original = keyOf(fields, 'origCallId');
  const transferred = event !== 'ended' && original !== undefined && original !== key;
  const isSipgate = fields.has('fullUserId[]') || fields.has('userId[]') || fields.has('xcid');
  return {
    kind: transferred && event === 'answered' ? 'transferred' : event,
    dialect: isSipgate ? 'sipgate' : 'zammad',
    callKey: key,
    direction: first(fields, 'direction') === 'out' ? 'out' : 'in',
    ...some('originalCallKey', transferred ? original : undefined),
    ...some('from', first(fields, 'from')),
    ...some('to', first(fields, 'to')),
    ...some('queue', first(fields, 'queue')),
    ...some('extension', first(fields, 'answeringNumber', 'user', 'user[]')),
    ...some('cause', causeOf(first(fields, 'cause') ?? '')),
  };
}

/** The event in our own words; undefined where the request says nothing of a call. Never throws. */
export function readEvent(fields: Fields): TelephoneEvent | undefined {
  const sid = keyOf(fields, 'CallSid');
  if (sid !== undefined) return readTwilio(fields, sid);
  const key = keyOf(fields, 'callId', 'call_id');
  return key === undefined ? undefined : readZammadOrSipgate(fields, key);
}

/** Twilio: base64 HMAC-SHA1 over the URL and the sorted fields. */
export function twilioSignature(token: string, url: string, fields: Fields): string {
  const text = [...fields.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => name + values.join(''))
    .join('');
  return createHmac('sha1', token)
    .update(url + text)
    .digest('base64');
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** sipgate: base64 RSA-SHA256 of the raw body. */
function sipgateSignatureHolds(publicKey: string, body: Buffer, signature: string): boolean {
  return createVerify('RSA-SHA256').update(body).verify(publicKey, signature, 'base64');
}

/** Secrets of signing telephone systems, as configured. */
export type SigningSecrets = { twilioToken?: string | undefined; sipgateKey?: string | undefined };

export type SignedRequest = {
  body: Buffer;
  fields: Fields;
  url: string;
  header: (name: string) => string;
};

/**
 * Once a secret is configured every event has to be signed with one: who left a field out, or spoke the
 * dialect that has no signature, would otherwise walk past the check.
 */
export function signatureHolds(secrets: SigningSecrets, signed: SignedRequest): boolean {
  const { twilioToken, sipgateKey } = secrets;
  if (twilioToken === undefined && sipgateKey === undefined) return true;
  const byTwilio = signed.header('x-twilio-signature');
  if (twilioToken !== undefined && byTwilio !== '')
    return sameText(byTwilio, twilioSignature(twilioToken, signed.url, signed.fields));
  const bySipgate = signed.header('x-sipgate-signature');
  return (
    sipgateKey !== undefined &&
    bySipgate !== '' &&
    sipgateSignatureHolds(sipgateKey, signed.body, bySipgate)
  );
}
