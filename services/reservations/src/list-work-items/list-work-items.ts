import type { listWorkItems as ListWorkItems } from '@madoguchi/contracts';
import { isId, ok, refuse } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { findWorkItems, isDesk, workItemView } from '../store/work-item-store.ts';

/** Year 1 to 9999, as we write it: much else is a time to JavaScript and none to a database. */
const WRITTEN = /^(?!0000)\d{4}-/u;

function isWritten(instant: string): boolean {
  const at = new Date(instant);
  return WRITTEN.test(instant) && !Number.isNaN(at.getTime()) && at.toISOString() === instant;
}

/** `<due instant>|<id>` of the last item of a page. */
function readCursor(cursor: string): { dueAt: string; id: string } | undefined {
  const [dueAt = '', id = '', ...rest] = cursor.split('|');
  return rest.length === 0 && isId(id) && isWritten(dueAt) ? { dueAt, id } : undefined;
}

/** The worklist, opaque: nobody is named, so nobody is disclosed. Operators do not see the desk's items. */
export function listWorkItems(runtime: Runtime): Handler<typeof ListWorkItems> {
  return async (request, context) => {
    const after = request.cursor === undefined ? undefined : readCursor(request.cursor);
    if (request.cursor !== undefined && !after)
      return refuse('malformed_request', { items: ['cursor'] });
    const rows = await findWorkItems(runtime.database.read, {
      kinds: request.kinds,
      venueCode: request.venueCode,
      day: request.day,
      state: request.state,
      notLaterThan: request.dueNow ? runtime.clock.now() : undefined,
      withDesk: isDesk(context.actor.role),
      after,
      limit: request.limit,
    });
    const last = rows.at(-1);
    return ok({
      items: rows.map((row) => workItemView(row, context.actor.sub)),
      ...(last && rows.length === request.limit
        ? { nextCursor: `${last.dueAt.toISOString()}|${last.id}` }
        : {}),
    });
  };
}
