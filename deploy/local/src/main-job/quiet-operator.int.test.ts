import { randomUUID } from 'node:crypto';
import { seedDemoStaff } from '@madoguchi/staff/seed-demo/seed-demo';
import { freePort } from '@madoguchi/testing';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { eventually, testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL_SERVICES } from '../start/services.ts';
import { OperatorClient } from './operator-client.fixture.ts';

const CTI_TOKEN = 'a-token-for-tests-only';
const NEEDED = new Set(['staff', 'registry', 'calls', 'console']);
const MINUTE_MS = 60_000;

let world: TestWorld;
let operator: OperatorClient;
let origin: string;
let laterMs = 0;

beforeAll(async () => {
  world = await testWorld({ clock: { now: () => new Date(Date.now() + laterMs) } });
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const environment = {
    TERMINAL_ENROLMENT: 'loopback',
    PORT: String(port),
    PUBLIC_URL: origin,
    CTI_TOKEN,
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
  await operator.follow();
  await eventually(
    'the desk is known',
    async () => (await world.sql('calls', 'SELECT 1 FROM desk_session')).length === 1,
  );
});
afterAll(async () => {
  operator.leave();
  await world.stop();
});

const telephone = (event: Record<string, string>) =>
  fetch(`${origin}/api/v1/cti/${CTI_TOKEN}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });

it('shows a call to an operator who touched nothing for longer than a token lives', async () => {
  laterMs = 7 * MINUTE_MS;
  const callId = randomUUID();
  await telephone({ event: 'newCall', from: 'anonymous', to: '予約', direction: 'in', callId });
  await telephone({ event: 'answer', callId, answeringNumber: '201' });
  await eventually(
    'the call is on the desk',
    async () => operator.document.case?.telephoneState === 'talking',
    5_000,
  );
  expect(operator.document.case).toMatchObject({ kind: 'call', queue: '予約' });
});

it('never gives up a connection before the browser does, which would lose a command', async () => {
  const answer = await fetch(`${origin}/`);
  const [, seconds] = /timeout=(\d+)/u.exec(answer.headers.get('keep-alive') ?? '') ?? [];
  // Chromium keeps an idle connection for 300 s.
  expect(Number(seconds)).toBeGreaterThan(300);
});
