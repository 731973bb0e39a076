import * as contract from '@madoguchi/contracts';
import type { RunningService } from '@madoguchi/service';
import { newId } from '@madoguchi/kernel';
import { testWorld } from '@madoguchi/testing/test-world';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { TOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoSignIn } from '../seed-demo/seed-demo.ts';
import { seedDemoStaff } from '../seed-demo/seed-demo.ts';
import { staff } from '../service.ts';

let time = Date.parse('2026-11-24T01:00:00Z');
const clock = { now: () => new Date(time) };
let world: TestWorld;
let service: RunningService;
let people: DemoSignIn[];
let agentKey: string;

beforeAll(async () => {
  world = await testWorld({ clock });
  service = await world.start(staff, { TERMINAL_ENROLMENT: 'loopback' });
  const seeded = await seedDemoStaff(service.runtime);
  if (!seeded) throw new Error('nobody was seeded');
  people = seeded.signIns;
  agentKey = seeded.agentKey;
});
afterAll(() => world.stop());

const person = (login: string): DemoSignIn => {
  const found = people.find((one) => one.login === login);
  if (!found) throw new Error(login);
  return found;
};
const codeOf = (one: DemoSignIn): string => {
  time += 30_000;
  return new TOTP({ secret: Secret.fromBase32(one.totpSecret) }).generate({ timestamp: time });
};
const request = (one: DemoSignIn, changes: object = {}) => ({
  login: one.login,
  password: one.password,
  code: codeOf(one),
  fromLoopback: true,
  userAgentClass: 'chromium',
  ...changes,
});
const signedIn = async (login: string) => {
  const answer = await world.call(contract.signIn, request(person(login)), {});
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};

describe('signing in', () => {
  it('takes password and code, enrols a loopback terminal and signs who acts', async () => {
    const answer = await signedIn('operator1');
    expect(answer.worker).toMatchObject({ role: 'operator', extension: '201' });
    expect(answer.newTerminalSecret).toBeDefined();
    expect(await service.runtime.tokens.verify('actor', answer.actorToken)).toMatchObject({
      ok: true,
      value: { sub: answer.worker.operatorId, terminalEnrolled: true, withinHours: true },
    });
  });

  it('answers a wrong password, a wrong code and an unknown login alike', async () => {
    const one = person('operator2');
    const answers = [
      await world.call(contract.signIn, request(one, { password: 'wrong' }), {}),
      await world.call(contract.signIn, request(one, { code: '000000' }), {}),
      await world.call(contract.signIn, request(one, { login: 'nobody' }), {}),
    ];
    for (const answer of answers)
      expect(answer).toEqual({ ok: false, refusal: { code: 'sign_in_refused' } });
  });

  it('counts a code once (B33)', async () => {
    const one = person('reviewer1');
    const code = codeOf(one);
    expect(await world.call(contract.signIn, request(one, { code }), {})).toMatchObject({
      ok: true,
    });
    expect(await world.call(contract.signIn, request(one, { code }), {})).toMatchObject({
      ok: false,
    });
  });

  it('wants an enrolled terminal where the browser is not on this machine', async () => {
    const one = person('manager1');
    expect(
      await world.call(contract.signIn, request(one, { fromLoopback: false }), {}),
    ).toMatchObject({ ok: false, refusal: { code: 'terminal_not_enrolled' } });
  });

  it('ends the first session when the same person signs in again', async () => {
    const first = await signedIn('city1');
    await signedIn('city1');
    const renewed = await world.call(
      contract.renewActor,
      { sessionSecret: first.sessionSecret, userAgentClass: 'chromium' },
      {},
    );
    expect(renewed).toMatchObject({ ok: false, refusal: { code: 'unauthenticated' } });
  });

  it('renews for the same terminal and browser only (B35)', async () => {
    const session = await signedIn('auditor1');
    const renew = (changes: object) =>
      world.call(
        contract.renewActor,
        {
          sessionSecret: session.sessionSecret,
          ...(session.newTerminalSecret ? { terminalSecret: session.newTerminalSecret } : {}),
          userAgentClass: 'chromium',
          ...changes,
        },
        {},
      );
    expect(await renew({})).toMatchObject({ ok: true });
    expect(await renew({ userAgentClass: 'other' })).toMatchObject({ ok: false });
    expect(await renew({ terminalSecret: 'x'.repeat(43) })).toMatchObject({ ok: false });
  });

  it('writes an audit row for each try, without the login that was typed', async () => {
    const rows = await world.sql<{ entry: { action: string } }>(
      'staff',
      'SELECT entry FROM relay.audit_entry',
    );
    expect(
      rows.filter((row) => row.entry.action === 'sign-in-refused').length,
    ).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(rows)).not.toContain('nobody');
  });
});

describe('a second person', () => {
  it('is needed, and must not be the first one (B43)', async () => {
    const first = await signedIn('supervisor1');
    const second = await signedIn('supervisor2');
    const stepUp = async (login: string, sessionSecret: string) => {
      const answer = await world.call(
        contract.stepUp,
        { sessionSecret, code: codeOf(person(login)) },
        {},
      );
      if (!answer.ok) throw new Error(answer.refusal.code);
      return answer.value.actorToken;
    };
    const ask = {
      kind: 'desk-verification' as const,
      caseId: newId(),
      reason: '本人からの電話で住所変更前の記録を確認するため',
    };
    expect(
      await world.call(contract.requestApproval, ask, {
        actorToken: first.actorToken,
        idempotencyKey: 'a',
      }),
    ).toMatchObject({ refusal: { code: 'step_up_required' } });
    const firstToken = await stepUp('supervisor1', first.sessionSecret);
    const secondToken = await stepUp('supervisor2', second.sessionSecret);
    const asked = await world.call(contract.requestApproval, ask, {
      actorToken: firstToken,
      idempotencyKey: 'a',
    });
    if (!asked.ok) throw new Error(asked.refusal.code);
    const decision = { approvalId: asked.value.approvalId, decision: 'approved' as const };
    expect(
      await world.call(contract.decideApproval, decision, { actorToken: firstToken }),
    ).toMatchObject({
      refusal: { code: 'approval_own_request' },
    });
    expect(
      await world.call(contract.decideApproval, decision, { actorToken: secondToken }),
    ).toMatchObject({
      ok: true,
      value: { approval: { state: 'approved' } },
    });
    expect(
      await world.call(contract.decideApproval, decision, { actorToken: secondToken }),
    ).toMatchObject({
      refusal: { code: 'approval_already_decided' },
    });
  });
});

describe('an agent', () => {
  it('acts by its key, and not without it', async () => {
    expect(await world.call(contract.authenticateAgent, { apiKey: agentKey }, {})).toMatchObject({
      ok: true,
    });
    expect(
      await world.call(contract.authenticateAgent, { apiKey: `${agentKey}x` }, {}),
    ).toMatchObject({ ok: false });
  });
});

describe('the custody ledger', () => {
  it('keeps what was handed over, once per command', async () => {
    const manager = await world.actor('operations-manager', {
      sub: (await signedIn('supervisor1')).worker.operatorId,
    });
    const entry = {
      direction: 'handed-over' as const,
      what: '接種券再発行分',
      records: 12,
      medium: '封緘した封筒',
      from: '受託者',
      to: '江戸川区',
    };
    const context = { actorToken: manager.token, idempotencyKey: 'hand-over-1' };
    const once = await world.call(contract.recordCustody, entry, context);
    expect(await world.call(contract.recordCustody, entry, context)).toEqual(once);
    const list = await world.call(contract.listCustody, {}, { actorToken: manager.token });
    expect(list).toMatchObject({ ok: true, value: { entries: [entry] } });
    expect(
      await world.call(contract.recordCustody, { ...entry, records: 13 }, context),
    ).toMatchObject({ refusal: { code: 'idempotency_key_reused' } });
  });
});
