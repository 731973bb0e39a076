import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contract from '@madoguchi/contracts';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { RunningService } from '@madoguchi/service';
import { defineService, operation } from '@madoguchi/service';
import type { TestWorld } from '@madoguchi/testing/test-world';
import { testWorld } from '@madoguchi/testing/test-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveTickets } from '../store/tickets.fixture.ts';
import { notices } from '../service.ts';

let world: TestWorld;
let service: RunningService;
/** What the register answers; another service, so only its contract is played here. */
let recipient: contract.ReplyOf<typeof contract.recipientForPrint> | undefined;
const register = defineService({
  name: 'registry',
  config: {},
  wire: () => [
    operation(contract.recipientForPrint, async () =>
      recipient ? ok(recipient) : refuse('destination_not_allowed'),
    ),
  ],
});
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-print-'));

beforeAll(async () => {
  world = await testWorld();
  service = await world.start(notices);
  await world.start(register);
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function caller(name = '東 花子') {
  recipient = {
    name,
    dateOfBirth: '1950-04',
    sex: 'female',
    postalCode: '134-0088',
    address: '東京都江戸川区西葛西六丁目23番1号',
    buildingLine: null,
  };
  const residentId = newId();
  await giveTickets(service.runtime, [residentId]);
  const [row] = await world.sql<{ id: string }>(
    'notices',
    'SELECT id FROM ticket WHERE resident_id = $1',
    [residentId],
  );
  const operator = await world.actor('operator');
  const grant = await world.grant({
    operatorId: operator.id,
    residents: [residentId],
    purposes: ['reissue'],
  });
  const request = { residentId, ticketId: row?.id ?? '' };
  const context = { actorToken: operator.token, grant };
  const entries = () =>
    world.sql<{ entry: { action: string; outcome: string; detail: object } }>(
      'notices',
      `SELECT entry FROM relay.audit_entry
       WHERE entry->'residents' ? $1 AND entry->>'operation' = 'notices.print-ticket' ORDER BY position`,
      [residentId],
    );
  const prints = () =>
    world.sql('notices', 'SELECT pages FROM print_record WHERE ticket_id = $1', [request.ticketId]);
  return { request, context, entries, prints, operator };
}

describe('printing a ticket', () => {
  it('gives a readable page to the address on register, entered before it leaves', async () => {
    const { request, context, entries, prints } = await caller();
    const answer = await world.call(contract.printTicket, request, context);
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.value.fileName).not.toMatch(/\b\d{10}\b/u);
    const path = join(folder, 'ticket.pdf');
    writeFileSync(path, Buffer.from(answer.value.pdfBase64, 'base64'));
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text).toMatch(/21131237\d{10}/);
    expect(text).toContain('東 花子');
    expect(text).toContain('1950年4月（日不詳）');
    expect(text).not.toContain('再発行');
    expect(await prints()).toEqual([{ pages: 1 }]);
    expect(await entries()).toMatchObject([{ entry: { action: 'print', outcome: 'done' } }]);
  });

  it('stops where the register no longer allows the address, and says so in the log', async () => {
    const { request, context, entries, prints } = await caller();
    recipient = undefined;
    expect(await world.call(contract.printTicket, request, context)).toMatchObject({
      ok: false,
      refusal: { code: 'destination_not_allowed' },
    });
    expect(await prints()).toEqual([]);
    expect(await entries()).toMatchObject([
      { entry: { outcome: 'refused', detail: { code: 'destination_not_allowed' } } },
    ]);
  });

  it('stops at a character that cannot be printed, naming it (B53)', async () => {
    const { request, context, prints } = await caller('外字\u{e123}子');
    expect(await world.call(contract.printTicket, request, context)).toEqual({
      ok: false,
      refusal: { code: 'glyph_missing', details: { codePoints: ['U+E123'] } },
    });
    expect(await prints()).toEqual([]);
  });

  it('prints no void number, and nothing for a purpose that sends no paper', async () => {
    const { request, context, operator } = await caller();
    const reissued = await world.call(
      contract.reissueTicket,
      { ...request, reason: 'not-delivered' },
      { ...context, idempotencyKey: 'void' },
    );
    if (!reissued.ok) throw new Error(reissued.refusal.code);
    expect(await world.call(contract.printTicket, request, context)).toMatchObject({
      refusal: { code: 'ticket_not_reissuable' },
    });
    const fresh = { ...request, ticketId: reissued.value.ticketId };
    const grant = await world.grant({
      operatorId: operator.id,
      residents: [request.residentId],
      purposes: ['own-record'],
    });
    expect(await world.call(contract.printTicket, fresh, { ...context, grant })).toMatchObject({
      refusal: { code: 'purpose_not_allowed' },
    });
    expect(await world.call(contract.printTicket, fresh, context)).toMatchObject({ ok: true });
  });
});
