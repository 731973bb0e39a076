import { createHmac, createVerify, timingSafeEqual } from 'node:crypto';
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

const first = (fields: Fields, ...names: string[]): string | undefined => {
  for (const name of names) {
    const value = fields.get(name)?.find((one) => one.trim() !== '');
    if (value !== undefined) return value.trim().slice(0, 60);
  }
  return undefined;
};

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
    ...some('originalCallKey', first(fields, 'ParentCallSid')),
    ...some('from', first(fields, 'From', 'Caller')),
    ...some('to', first(fields, 'To', 'Called')),
  };
}

/** Zammad's generic CTI and sipgate's push share their words; `origCallId` and `fullUserId` are sipgate's. */
function readZammadOrSipgate(fields: Fields, key: string): TelephoneEvent | undefined {
  const word = first(fields, 'event') ?? '';
  const event = KIND[word as keyof typeof KIND];
  if (event === undefined) return undefined;
  const original = first(fields, 'origCallId');
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
    ...some('cause', first(fields, 'cause')?.replace(/[^\w-]/gu, '') || undefined),
  };
}

/** The event in our own words; undefined where the request says nothing of a call. Never throws. */
export function readEvent(fields: Fields): TelephoneEvent | undefined {
  const sid = first(fields, 'CallSid');
  if (sid !== undefined) return readTwilio(fields, sid);
  const key = first(fields, 'callId', 'call_id');
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
export function sipgateSignatureHolds(publicKey: string, body: Buffer, signature: string): boolean {
  return createVerify('RSA-SHA256').update(body).verify(publicKey, signature, 'base64');
}
