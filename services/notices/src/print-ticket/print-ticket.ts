import type {
  GrantClaims,
  Purpose,
  RequestOf,
  printTicket as PrintTicket,
} from '@madoguchi/contracts';
import { recipientForPrint } from '@madoguchi/contracts';
import type { Refusal, Result } from '@madoguchi/kernel';
import { newId, ok, refuse } from '@madoguchi/kernel';
import type { Handler, OperationContext } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import type { noticesConfig } from '../config.ts';
import type { PrismaClient } from '../generated/client.ts';
import { recordPrint } from '../store/print-record-store.ts';
import type { Ticket } from '../store/ticket-store.ts';
import { findTicket } from '../store/ticket-store.ts';
import type { TicketFonts } from './fonts.ts';
import { loadTicketFonts } from './fonts.ts';
import { renderPage } from './render-page.ts';
import { ticketPage } from './ticket-page.ts';
import { paperOf } from './paper-of.ts';

type NoticesRuntime = Runtime<PrismaClient, typeof noticesConfig>;
type Request = RequestOf<typeof PrintTicket>;
type PrintRefusal = Refusal<'ticket_not_found' | 'ticket_not_reissuable'>;

const PURPOSES: readonly Purpose[] = ['reissue', 'application'];
/** Only a live number is printed: paper with a used or void one would be turned away at the venue. */
function printable(ticket: Ticket | undefined): Result<Ticket, PrintRefusal> {
  if (!ticket) return refuse('ticket_not_found');
  return ticket.state === 'issued' ? ok(ticket) : refuse('ticket_not_reissuable');
}

async function enterPrint(
  runtime: NoticesRuntime,
  context: OperationContext,
  print: { request: Request; grant: GrantClaims; purpose: Purpose; code?: string },
) {
  const { residentId, ticketId } = print.request;
  return runtime.database.transaction({ ...context.who, purpose: print.purpose }, async (tx) => {
    // Voided while we were drawing? Then the paper must not come into the world.
    const still = printable(await findTicket(tx.query, { residentId, ticketId }));
    const code = print.code ?? (still.ok ? undefined : still.refusal.code);
    const printId = newId();
    if (code === undefined)
      await recordPrint(tx.query, {
        printId,
        ticketId,
        printedBy: context.actor.sub,
        printedAt: runtime.clock.now(),
        pages: 1,
      });
    tx.audit({
      action: code === undefined ? 'print' : 'refusal',
      operation: 'notices.print-ticket',
      outcome: code === undefined ? 'done' : 'refused',
      residents: [residentId],
      fieldClasses: code === undefined ? ['name', 'birth', 'address', 'ticket'] : [],
      detail: code === undefined ? { ticketId, printId, pages: 1 } : { ticketId, code },
    });
    return still;
  });
}

/**
 * The paper of a live ticket. The register says once more where it may go; the print is in the print
 * record and the audit log before a byte of it leaves.
 */
export function printTicket(runtime: NoticesRuntime): Handler<typeof PrintTicket> {
  let loading: Promise<TicketFonts> | undefined;
  const fonts = (): Promise<TicketFonts> => {
    loading ??= loadTicketFonts(runtime.config.FONT_DIRECTORIES).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return async (request, context) => {
    const { grant } = context;
    if (!grant) return refuse('grant_required');
    const purpose = grant.purposes.find((one) => PURPOSES.includes(one));
    if (!purpose || grant.classes.ticket !== 'show') return refuse('purpose_not_allowed');
    const print = { request, grant, purpose };
    const refused = async <R extends Refusal>(refusal: R): Promise<{ ok: false; refusal: R }> => {
      await enterPrint(runtime, context, { ...print, code: refusal.code });
      return { ok: false, refusal };
    };
    const query = async () =>
      runtime.database.transaction(context.who, (tx) => findTicket(tx.query, request));
    const found = printable(await query());
    if (!found.ok) return refused(found.refusal);
    const recipient = await runtime.call(
      recipientForPrint,
      { residentId: request.residentId },
      {
        actorToken: context.actorToken,
        permit: context.permitToken,
        grant: context.grantToken,
        deadline: context.deadline,
        correlationId: context.correlationId,
      },
    );
    if (!recipient.ok) return refused(recipient.refusal);
    const items = ticketPage(paperOf(runtime, found.value, recipient.value));
    const page = await renderPage(items, await fonts());
    if (!page.ok) return refused(page.refusal);
    const entered = await enterPrint(runtime, context, print);
    if (!entered.ok) return entered;
    return ok({
      // No name and no number: file names end up in histories and printer queues.
      fileName: `ticket-${request.ticketId}.pdf`,
      pdfBase64: page.value.toString('base64'),
      pages: 1,
    });
  };
}
