import type { printDaySheet as PrintDaySheet, RefusalOf } from '@madoguchi/contracts';
import { namesForDaySheet } from '@madoguchi/contracts';
import type { Refusal } from '@madoguchi/kernel';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { refusedElsewhere } from '@madoguchi/service';
import type { reservationsConfig } from '../config.ts';
import type { PrismaClient } from '../generated/client.ts';
import { drawUpSheet } from './draw-up-sheet.ts';
import type { SheetFont } from './sheet-fonts.ts';
import { loadSheetFonts } from './sheet-fonts.ts';

/** A sheet for a venue, once a second person approved it; the register says once more whose names leave. */
export function printDaySheet(
  runtime: Runtime<PrismaClient, typeof reservationsConfig>,
): Handler<typeof PrintDaySheet> {
  const { config } = runtime;
  const shown = config.DAY_SHEET_WITHOUT_NAME;
  let loading: Promise<SheetFont[]> | undefined;
  const fonts = (): Promise<SheetFont[]> => {
    loading ??= loadSheetFonts(config.FONT_DIRECTORIES).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return async (request, context) => {
    const { approvalId, venueCode, day } = request;
    const elsewhere = await refusedElsewhere(runtime, context, {
      operation: 'reservations.print-day-sheet',
      venueCode,
    });
    if (elsewhere) return elsewhere;
    const drawn = await drawUpSheet({
      ...request,
      database: runtime.database,
      who: context.who,
      now: runtime.clock.now(),
      shown,
      fonts,
      namesOf: (residentIds) =>
        runtime.call(
          namesForDaySheet,
          // The approval is the run: good for this sheet, in every format, until its time is over.
          {
            venueCode,
            day,
            approvalId,
            runId: approvalId,
            residentIds,
            leftOut: shown === 'left-out',
          },
          {
            actorToken: context.actorToken,
            deadline: context.deadline,
            correlationId: context.correlationId,
          },
        ),
    });
    if (!drawn.ok) return drawn as { ok: false; refusal: Refusal<RefusalOf<typeof PrintDaySheet>> };
    const { content, ...sheet } = drawn.value;
    return ok({ ...sheet, contentBase64: Buffer.from(content).toString('base64') });
  };
}
