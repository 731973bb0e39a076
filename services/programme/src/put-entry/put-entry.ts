import type { AnyOperation, ReplyOf, RequestOf } from '@madoguchi/contracts';
import { isReason } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import { ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import type { Entry } from '../domain/entry.ts';
import { codeOf, reversedRanges, unknownReferences } from '../domain/entry.ts';
import { isDated, overlapWithVersions } from '../domain/versions.ts';
import { readCatalogue } from '../store/catalogue-store.ts';
import { changeCatalogue, lockCatalogue } from '../store/change-catalogue.ts';
import { versionsOf } from '../store/change-history.ts';

/**
 * Enters or corrects one row of the catalogue. A row is ended by its last day, never deleted, and what
 * it said before stays in the history with the reason.
 */
export function putEntry<O extends AnyOperation>(
  runtime: Runtime,
  operation: O,
  entryOf: (request: RequestOf<O>) => Entry,
): Handler<O> {
  const handler: Handler<AnyOperation> = async (request, context) => {
    const entry = entryOf(request);
    const reason = String(request.reason).trim();
    if (!isReason(reason)) return refuse('reason_too_short');
    const name = `programme.${operation.name}`;
    const command = commandOf(context, name, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, async () => {
        const reversed = reversedRanges(entry);
        if (reversed.length > 0) return refuse('range_reversed', { items: reversed });
        // Beside its other versions it is judged on what nobody else changes meanwhile.
        await lockCatalogue(tx.query, context.municipalityCode);
        const catalogue = await readCatalogue(tx.query, context.municipalityCode);
        const unknown = unknownReferences(catalogue, entry);
        if (unknown.length > 0) return refuse('reference_unknown', { unknown });
        const versions = isDated(entry)
          ? await versionsOf(tx.query, entry.kind, codeOf(entry))
          : [];
        const overlap = overlapWithVersions(entry, versions);
        if (overlap) return overlap;
        const now = runtime.clock.now();
        const done = await changeCatalogue(tx, [{ entry, revision: request.revision }], {
          reason,
          now,
        });
        if (!done.ok) return done;
        const [revision = 0] = done.value.revisions;
        tx.audit({
          action: 'administration',
          operation: name,
          outcome: 'done',
          detail: { code: codeOf(entry), revision, version: done.value.version },
        });
        return ok<ReplyOf<O>>({ revision, version: done.value.version } as ReplyOf<O>);
      }),
    );
  };
  return handler as Handler<O>;
}
