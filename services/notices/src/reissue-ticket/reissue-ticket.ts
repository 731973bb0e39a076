import type {
  GrantClaims,
  Purpose,
  ReplyOf,
  RequestOf,
  reissueTicket as ReissueTicket,
} from '@madoguchi/contracts';
import { ticketsIssued, ticketVoided, signalSubjects } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import { idempotent } from '@madoguchi/database';
import type { Result } from '@madoguchi/kernel';
import { composeOcrLine, newId, ok, refuse, tokyoDate, tokyoInstant } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { PrismaClient } from '../generated/client.ts';
import type { noticesConfig } from '../config.ts';
import type { ReissueRefusal } from '../domain/decide-reissue.ts';
import { decideReissue } from '../domain/decide-reissue.ts';
import { isReferred } from '../store/resident-copy-store.ts';
import type { Ticket } from '../store/ticket-store.ts';
import {
  countReissues,
  findTicket,
  insertTickets,
  lockTicketsOf,
  takeTicketNumbers,
  ticketCopy,
  voidTicket,
} from '../store/ticket-store.ts';

export type NoticesRuntime = Runtime<PrismaClient, typeof noticesConfig>;
type Request = RequestOf<typeof ReissueTicket>;
type Reply = ReplyOf<typeof ReissueTicket>;

/** The threshold of these asks for the address, where the paper goes (authorisation table). */
const PURPOSES: readonly Purpose[] = ['reissue', 'application'];

async function replaceTicket(
  tx: Transaction,
  old: Ticket,
  by: { reason: Request['reason']; at: Date },
): Promise<Ticket> {
  const { municipalityCode } = old;
  const [ticketNumber = ''] = await takeTicketNumbers(tx.query, { municipalityCode, count: 1 });
  const fresh: Ticket = {
    ...old,
    ticketId: newId(),
    ticketNumber,
    state: 'issued',
    issuedAt: by.at,
    voidedAt: null,
    reissueReason: by.reason,
    replaces: old.ticketId,
    version: 1,
  };
  const voided: Ticket = { ...old, state: 'void', voidedAt: by.at, version: old.version + 1 };
  // Both are guarded by the rows themselves; anything else than one row each is a bug and rolls back.
  if (!(await voidTicket(tx.query, old.ticketId, by.at))) throw new Error('ticket was not live');
  if ((await insertTickets(tx.query, [fresh])).length !== 1)
    throw new Error('the dose has another live ticket');
  tx.record({
    type: ticketVoided,
    aggregateId: old.ticketId,
    aggregateVersion: voided.version,
    payload: { ticket: { ...ticketCopy(voided), reason: by.reason } },
  });
  tx.record({
    type: ticketsIssued,
    aggregateId: fresh.ticketId,
    aggregateVersion: fresh.version,
    payload: { tickets: [ticketCopy(fresh)] },
  });
  return fresh;
}

async function reissueOnce(
  runtime: NoticesRuntime,
  tx: Transaction,
  asked: { request: Request; grant: GrantClaims },
): Promise<Result<Reply, ReissueRefusal>> {
  const { residentId, ticketId, reason } = asked.request;
  const { config, clock } = runtime;
  const at = clock.now();
  await lockTicketsOf(tx.query, residentId);
  const old = await findTicket(tx.query, { residentId, ticketId });
  const since = tokyoInstant(tokyoDate(at), '00:00');
  const decided = decideReissue({
    ticket: old,
    refer: await isReferred(tx.query, residentId),
    reissuedToday: await countReissues(tx.query, { residentId, since }),
    limitPerDay: config.REISSUES_PER_DAY,
    approved: asked.grant.approvalId !== undefined,
  });
  tx.audit({
    action: decided.ok ? 'change' : 'refusal',
    operation: 'notices.reissue-ticket',
    outcome: decided.ok ? 'done' : 'refused',
    residents: [residentId],
    fieldClasses: ['ticket'],
    detail: { ticketId, reason, ...(decided.ok ? {} : { code: decided.refusal.code }) },
  });
  if (!decided.ok) return decided;
  if (!old) return refuse('ticket_not_found');
  const fresh = await replaceTicket(tx, old, { reason, at });
  const { ticketNumber, doseNumber, municipalityCode } = fresh;
  const ticketType = config.TICKET_TYPE;
  return ok({
    ticketId: fresh.ticketId,
    voidedTicketNumber: old.ticketNumber,
    ticketNumber,
    ocrLine: composeOcrLine({ ticketType, doseNumber, municipalityCode, ticketNumber }),
  });
}

/** Voids the live ticket of a dose and issues a new number for the same dose, in one transaction. */
export function reissueTicket(runtime: NoticesRuntime): Handler<typeof ReissueTicket> {
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const purpose = grant.purposes.find((one) => PURPOSES.includes(one));
    if (!purpose || grant.classes.ticket !== 'show') return refuse('purpose_not_allowed');
    const command = commandOf(context, 'notices.reissue-ticket', request);
    const reissued = await runtime.database.transaction({ ...context.who, purpose }, (tx) =>
      idempotent(tx, command, () => reissueOnce(runtime, tx, { request, grant })),
    );
    // An open context document shows the new ticket at once.
    if (reissued.ok)
      runtime.signal(signalSubjects.residentTouched, {
        residentId: request.residentId,
        by: 'notices',
      });
    return reissued;
  };
}
