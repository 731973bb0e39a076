import { randomUUID } from 'node:crypto';
import { newId } from '@madoguchi/kernel';
import { eventually } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { City } from './city.fixture.ts';
import { startCity } from './city.fixture.ts';
import type { Answer } from './operator-client.fixture.ts';
import { OperatorClient } from './operator-client.fixture.ts';
import { io } from 'socket.io-client';

let city: City;
let operator: OperatorClient;

beforeAll(async () => {
  city = await startCity();
  operator = new OperatorClient(city.origin);
  await operator.signIn(city.person('operator1'));
  await operator.post('/cases', { reason: '電話交換機が応答しないため手で開きます' });
});
afterAll(() => city.world.stop());

const expectProblem = (answer: Answer, status: number | number[]): void => {
  expect([status].flat()).toContain(answer.status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({
    code: expect.any(String) as string,
    correlationId: expect.any(String) as string,
  });
  expect(JSON.stringify(answer.body)).not.toMatch(/at .+\.ts:\d|node_modules|SELECT |stack/);
};
const verifyBody = (items: unknown) => ({ purpose: 'reservation', items });

describe('bad input is answered with a problem, and stores nothing', () => {
  it('B1: ids that do not exist, or are not ours, all look alike', async () => {
    const answers = [];
    for (const residentId of [newId(), newId()])
      answers.push(
        await operator.send('POST', '/slots/search', {
          residentId,
          doseNumber: 1,
          from: '2026-12-01',
          to: '2026-12-02',
        }),
      );
    for (const answer of answers) expectProblem(answer, 403);
    expect(answers[0]?.body['code']).toBe(answers[1]?.body['code']);
  });

  it.each([
    [
      'B3 mass assignment',
      { ...verifyBody({ name: 'x' }), role: 'city-staff', protectedPerson: false },
    ],
    ['B5 array for an object', [1, 2]],
    ['B5 number for a name', verifyBody({ name: 1 })],
    ['B5 object for a name', verifyBody({ name: { $gt: '' } })],
    ['B6 NUL', verifyBody({ name: 'a\u0000b' })],
    ['B6 right-to-left override', verifyBody({ name: 'a\u202eb' })],
    ['B41 unknown purpose', { purpose: 'curiosity', items: {} }],
    ['B41 no purpose', { items: {} }],
  ])('%s', async (_name, body) =>
    expectProblem(await operator.send('POST', '/case/verify', body), 400),
  );

  it('B41: a purpose that this case does not carry', async () => {
    expectProblem(
      await operator.send('POST', '/case/verify', { purpose: 'emergency', items: { name: 'x' } }),
      403,
    );
  });

  it.each([
    ['B4 prototype', '{"purpose":"reservation","items":{"__proto__":{"admin":true}}}'],
    ['B4 doubled member', '{"purpose":"reservation","purpose":"reissue","items":{}}'],
    ['B5 1e400', '{"purpose":"reservation","items":{"name":1e400}}'],
    ['B6 lone surrogate', '{"purpose":"reservation","items":{"name":"\\ud800"}}'],
    ['B8 ten thousand deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['not JSON', '{'],
  ])('%s', async (_name, body) =>
    expectProblem(await operator.send('POST', '/case/verify', body), 400),
  );

  it('B6: rare characters go through as they are', async () => {
    const answer = await operator.send(
      'POST',
      '/case/verify',
      verifyBody({ name: '𠮷田 葛󠄀 \ue000 﨑' }),
    );
    expect(answer.status).toBe(200);
  });

  it('B8: a file may be large where one is asked for, and not without end', async () => {
    const file = (bytes: number) => ({ fileBase64: 'A'.repeat(bytes), dryRun: true });
    const send = (bytes: number) =>
      operator.send('POST', '/sessions/import', file(bytes), { 'idempotency-key': randomUUID() });
    // It came as far as the question of who may send one.
    expectProblem(await send(600_000), 403);
    expectProblem(await send(900_000), 413);
  });

  it('B8: a large body, a large header, a packed body', async () => {
    expectProblem(await operator.send('POST', '/case/verify', `"${'x'.repeat(200_000)}"`), 413);
    const large = await operator.send('GET', '/session', undefined, {
      'x-large': 'x'.repeat(20_000),
    });
    expect(large.status).toBe(431);
    expectProblem(
      await operator.send('POST', '/case/verify', '{}', { 'content-encoding': 'gzip' }),
      415,
    );
  });

  it('B10: other body types', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x'])
      expectProblem(
        await operator.send('POST', '/case/verify', '{}', { 'content-type': type }),
        415,
      );
  });

  it('B12: other methods', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'GET'])
      expectProblem(await operator.send(method, '/case/verify'), 405);
  });

  it('B13: a query where none is used', async () => {
    expectProblem(
      await operator.send('POST', '/case/verify?purpose=a&purpose=b', verifyBody({})),
      400,
    );
  });

  it('B15: subject characters in ids', async () => {
    for (const residentId of ['a.b', '*', '>', 'a b', 'a\r\nPUB x'])
      expectProblem(
        await operator.send('POST', '/slots/search', {
          residentId,
          doseNumber: 1,
          from: '2026-12-01',
          to: '2026-12-02',
        }),
        400,
      );
  });

  it('B16: control characters in what is logged', async () => {
    const answer = await operator.send(
      'POST',
      '/case/verify',
      verifyBody({ name: '${jndi:ldap://x}' }),
      { 'x-correlation-id': 'a\tINFO forged' },
    );
    expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('B51: days that do not exist', async () => {
    for (const from of ['2026-02-30', '令和8年11月23日', '2026-11-23T24:00'])
      expectProblem(
        await operator.send('POST', '/slots/search', {
          residentId: newId(),
          doseNumber: 1,
          from,
          to: '2026-12-02',
        }),
        400,
      );
  });

  it('nothing was stored by any of it', async () => {
    expect(await city.world.sql('reservations', 'SELECT 1 FROM reservation')).toEqual([]);
    expect(await city.world.sql('reservations', 'SELECT 1 FROM hold')).toEqual([]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

describe('idempotency keys (B22–B25)', () => {
  const reason = 'もう一度手で案件を開きます。交換機が応答しません';
  it('are needed, replayed, and apart for each person', async () => {
    expectProblem(await operator.send('POST', '/cases', { reason }), 400);
    const key = randomUUID();
    const first = await operator.post('/cases', { reason }, key);
    expect(await operator.post('/cases', { reason }, key)).toMatchObject({
      status: 200,
      body: first.body,
    });
    expectProblem(await operator.post('/cases', { reason: `${reason}。別の理由` }, key), 422);
    const second = new OperatorClient(city.origin);
    await second.signIn(city.person('operator2'));
    const other = await second.post('/cases', { reason }, key);
    expect(other.status).toBe(200);
    expect(other.body['caseId']).not.toBe(first.body['caseId']);
  });

  it('run once when they come at the same time', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => operator.post('/cases', { reason: `${reason} 同時` }, key)),
    );
    const done = answers.filter((answer) => answer.status === 200);
    expect(done.length).toBeGreaterThanOrEqual(1);
    expect(new Set(done.map((answer) => answer.body['caseId'])).size).toBe(1);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
  });
});

describe('another page, another browser (B35, B36)', () => {
  it.each([
    ['no own header', { 'x-madoguchi': '' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
  ])('%s', async (_name, headers) => {
    expectProblem(await operator.send('POST', '/venues', {}, headers), 403);
  });
  it('a cookie carried to another browser ends nowhere', async () => {
    const stolen = new OperatorClient(city.origin);
    const answer = await stolen.send(
      'POST',
      '/venues',
      {},
      { cookie: operator.cookie(), 'user-agent': 'Firefox/1' },
    );
    expectProblem(answer, 401);
  });
  it('no session, no answer', async () => {
    expectProblem(await new OperatorClient(city.origin).send('POST', '/venues', {}), 401);
  });
});

describe('the socket (B37)', () => {
  const attempt = (headers: Record<string, string>, options = {}) =>
    new Promise<string>((resolve) => {
      const socket = io(city.origin, {
        transports: ['websocket'],
        reconnection: false,
        extraHeaders: headers,
        ...options,
      });
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', () => resolve('refused'));
      socket.once('disconnect', () => resolve('cut off'));
      setTimeout(() => socket.disconnect(), 3_000);
    });
  it('refuses strangers, foreign pages and long polling', async () => {
    expect(await attempt({})).toBe('refused');
    expect(
      await attempt({
        cookie: operator.cookie(),
        'user-agent': 'Chromium/1',
        origin: 'https://evil.example',
      }),
    ).toBe('refused');
    expect(
      await attempt(
        { cookie: operator.cookie(), 'user-agent': 'Chromium/1' },
        { transports: ['polling'] },
      ),
    ).toBe('refused');
  });
  it('cuts off a page that sends anything, and one whose session ended', async () => {
    const socket = io(city.origin, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { cookie: operator.cookie(), 'user-agent': 'Chromium/1' },
    });
    await new Promise((resolve) => socket.once('context', resolve));
    socket.emit('join', 'operator:someone-else');
    await eventually('it is cut off', async () => socket.disconnected);
    const again = io(city.origin, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { cookie: operator.cookie(), 'user-agent': 'Chromium/1' },
    });
    await new Promise((resolve) => again.once('context', resolve));
    await operator.send('DELETE', '/session');
    await eventually('sign-out cuts it off', async () => again.disconnected, 5_000);
  });
});

describe('telephone events', () => {
  it('need the right token, and never fail on what they carry', async () => {
    const wrong = await fetch(`${city.origin}/api/v1/cti/wrong`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(wrong.status).toBe(401);
    for (const event of [
      {},
      { event: 'unknown', callId: 'x' },
      { event: 'hangup', callId: 'never-began' },
      { event: 'answer', callId: 'y', user: [] },
    ])
      expect((await city.telephone(event)).status).toBe(200);
  });
});
