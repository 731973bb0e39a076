import type { closeVenueDays as CloseVenueDays } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { reservationsConfig } from '../config.ts';
import type { PrismaClient } from '../generated/client.ts';
import { askedAtConsole } from './asked-at-console.ts';
import { closeDays } from './close-days.ts';

/** A venue closes for some days: every open session of it. */
export function closeVenueDays(
  runtime: Runtime<PrismaClient, typeof reservationsConfig>,
): Handler<typeof CloseVenueDays> {
  return async (request, context) => {
    const command = commandOf(context, 'reservations.close-venue-days', request);
    const { approvalId: _approvalId, emergency: _emergency, ...days } = request;
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => closeDays(tx, days, askedAtConsole(runtime, context, request))),
    );
  };
}
