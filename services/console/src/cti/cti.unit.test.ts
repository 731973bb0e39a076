import { createSign, generateKeyPairSync } from 'node:crypto';
import { TelephoneEvent } from '@madoguchi/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent, signatureHolds, twilioSignature } from './read-event.ts';
import { readFields } from './read-fields.ts';

const form = async (text: string) =>
  readFields(Buffer.from(text), 'application/x-www-form-urlencoded');
const json = async (value: unknown) =>
  readFields(Buffer.from(JSON.stringify(value)), 'application/json');
const read = (fields: Awaited<ReturnType<typeof form>>) => fields && readEvent(fields);

describe('telephone events', () => {
  it('reads Zammad, JSON and form', async () => {
    const expected = {
      kind: 'ringing',
      dialect: 'zammad',
      callKey: 'c1',
      direction: 'in',
      from: '+81 90 1234 5678',
      to: '予約',
    };
    expect(
      read(
        await json({
          event: 'newCall',
          from: '+81 90 1234 5678',
          to: '予約',
          direction: 'in',
          callId: 'c1',
        }),
      ),
    ).toEqual(expected);
    expect(
      read(
        await form(
          'event=newCall&from=%2B81+90+1234+5678&to=%E4%BA%88%E7%B4%84&direction=in&call_id=c1',
        ),
      ),
    ).toEqual(expected);
  });
  it('reads an answer without from and to', async () => {
    expect(read(await json({ event: 'answer', callId: 'c1', user: ['201'] }))).toMatchObject({
      kind: 'answered',
      extension: '201',
    });
    expect(
      read(await json({ event: 'answer', callId: 'c1', answeringNumber: '201' })),
    ).toMatchObject({ extension: '201' });
  });
  it('reads sipgate with repeated fields and a transfer', async () => {
    expect(
      read(
        await form(
          'event=answer&callId=2&origCallId=1&user[]=Alice&user[]=Bob&userId[]=w0&fullUserId[]=1w0&answeringNumber=301',
        ),
      ),
    ).toMatchObject({
      kind: 'transferred',
      dialect: 'sipgate',
      originalCallKey: '1',
      extension: '301',
    });
  });
  it('reads multipart', async () => {
    const body = [
      '--x',
      'Content-Disposition: form-data; name="event"',
      '',
      'hangup',
      '--x',
      'Content-Disposition: form-data; name="callId"',
      '',
      'c9',
      '--x--',
      '',
    ].join('\r\n');
    expect(
      read(await readFields(Buffer.from(body), 'multipart/form-data; boundary=x')),
    ).toMatchObject({ kind: 'ended', callKey: 'c9' });
  });
  it('reads Twilio, and signs as its documentation does', async () => {
    const fields = await form(
      'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
    );
    expect(
      fields && twilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', fields),
    ).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
    expect(
      read(await form('CallSid=CA1&CallStatus=in-progress&From=%2B819012345678')),
    ).toMatchObject({ kind: 'answered', dialect: 'twilio' });
  });
  it('never fails, whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(
          'application/json',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'multipart/form-data',
          'text/plain',
        ),
        async (bytes, type) => {
          const fields = await readFields(Buffer.from(bytes), type);
          if (fields) readEvent(fields);
        },
      ),
    );
  });
  it('loses no call for an odd character, a half one, or a long name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          from: fc.string({ unit: 'binary', maxLength: 90 }),
          queue: fc.string({
            unit: fc.constantFrom('あ', '\u0000', '\u202e', '\ud842', '𠮷', ' '),
          }),
          to: fc.string({ unit: fc.constant('𠮷'), maxLength: 90 }).map((s) => `x${s}`),
          cause: fc.string({ unit: fc.constantFrom('!', '_', '-', 'a', '1', '原'), maxLength: 90 }),
        }),
        async (odd) => {
          const event = read(
            new Map(
              Object.entries({ event: 'newCall', callId: 'c1', ...odd }).map(([k, v]) => [k, [v]]),
            ),
          );
          expect(TelephoneEvent.safeParse(event)).toMatchObject({ success: true });
        },
      ),
    );
  });
  it('keeps long ids apart', async () => {
    const id = 'x'.repeat(100);
    const keys = await Promise.all(
      [`${id}1`, `${id}2`].map(async (callId) => read(await json({ event: 'hangup', callId }))),
    );
    expect(keys[0]?.callKey).not.toBe(keys[1]?.callKey);
  });
});

describe('signatures of telephone systems', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sipgateKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const url = 'https://example.jp/api/v1/cti/token';
  const signedBy = async (text: string, headers: Record<string, string> = {}) => ({
    body: Buffer.from(text),
    fields: (await form(text)) ?? new Map<string, string[]>(),
    url,
    header: (name: string) => headers[name] ?? '',
  });
  const sipgateHeader = (text: string) => ({
    'x-sipgate-signature': createSign('RSA-SHA256').update(text).sign(privateKey, 'base64'),
  });

  it('are not asked for where no secret is configured', async () => {
    expect(signatureHolds({}, await signedBy('event=hangup&callId=1'))).toBe(true);
  });
  it('are asked of every event once a secret is configured', async () => {
    for (const text of ['event=hangup&callId=1', 'event=newCall&callId=1&userId[]=w0', 'CallSid=1'])
      for (const secrets of [{ sipgateKey }, { twilioToken: '12345' }])
        expect(signatureHolds(secrets, await signedBy(text))).toBe(false);
  });
  it('hold for the bytes that were signed, and for no others', async () => {
    const text = 'event=hangup&callId=1';
    expect(signatureHolds({ sipgateKey }, await signedBy(text, sipgateHeader(text)))).toBe(true);
    expect(signatureHolds({ sipgateKey }, await signedBy(`${text}2`, sipgateHeader(text)))).toBe(
      false,
    );
    const call = await signedBy('CallSid=1&From=anonymous');
    const header = { 'x-twilio-signature': twilioSignature('12345', url, call.fields) };
    const twilio = await signedBy('CallSid=1&From=anonymous', header);
    expect(signatureHolds({ twilioToken: '12345', sipgateKey }, twilio)).toBe(true);
    expect(signatureHolds({ twilioToken: 'other' }, twilio)).toBe(false);
    expect(signatureHolds({ sipgateKey }, twilio)).toBe(false);
  });
});
