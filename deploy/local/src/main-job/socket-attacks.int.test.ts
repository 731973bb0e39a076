import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_SERVICES } from '../start/services.ts';
import { seedDemoStaff } from '@madoguchi/staff/seed-demo/seed-demo';
import { freePort } from '@madoguchi/testing';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import { OperatorClient } from './operator-client.fixture.ts';

const NEEDED = new Set(['staff', 'calls', 'registry', 'console']);
let world: TestWorld;
let operator: OperatorClient;

beforeAll(async () => {
  world = await testWorld();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const environment = {
    TERMINAL_ENROLMENT: 'loopback',
    PORT: String(port),
    PUBLIC_URL: origin,
    CTI_TOKEN: 'a-token-for-tests-only',
    PRIVATE_PORT: '0',
  };
  const seeds = [];
  for (const service of ALL_SERVICES.filter(({ name }) => NEEDED.has(name))) {
    const { runtime } = await world.start(service, environment);
    if (service.name === 'staff') seeds.push(await seedDemoStaff(runtime));
  }
  const person = seeds[0]?.signIns.find(({ login }) => login === 'operator1');
  if (!person) throw new Error('no operator');
  operator = new OperatorClient(origin);
  await operator.signIn(person);
});
afterAll(() => world.stop());

const open = (query: Record<string, string> = {}, cookie = operator.cookie()) =>
  io(operator.origin, {
    transports: ['websocket'],
    reconnection: false,
    query,
    extraHeaders: { cookie, 'user-agent': 'Chromium/1' },
  });
const opened = async () => {
  const socket = open();
  await new Promise((resolve) => socket.once('context', resolve));
  return socket;
};

describe('the socket (B37)', () => {
  it.each<[string, unknown]>([
    ['a frame of one megabyte', 'x'.repeat(1_000_000)],
    ['bytes', Buffer.alloc(64)],
    ['an event of ours, sent back', { version: 999 }],
  ])('cuts off a page that sends %s', async (_name, data) => {
    const socket = await opened();
    socket.emit('context', data);
    await eventually('it is cut off', async () => socket.disconnected, 5_000);
  });

  it('survives a flood of events, and serves the next page', async () => {
    const socket = await opened();
    for (let index = 0; index < 10_000; index += 1) socket.emit('x', index);
    await eventually('it is cut off', async () => socket.disconnected, 5_000);
    const next = await opened();
    expect(next.connected).toBe(true);
    next.disconnect();
  });

  it('takes no token from a query, and no cookie that stands twice', async () => {
    const secret = operator.cookie().split('__Host-sid=')[1]?.split(';')[0] ?? '';
    expect(secret).not.toBe('');
    const twice = `${operator.cookie()}; __Host-sid=${secret}`;
    for (const socket of [open({ token: secret, sid: '' }, ''), open({}, twice)]) {
      const answer = await new Promise((resolve) => {
        socket.once('connect_error', () => resolve('refused'));
        socket.once('context', () => resolve('let in'));
      });
      expect(answer).toBe('refused');
    }
  });
});
