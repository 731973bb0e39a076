import type { assignVenues as AssignVenues } from '@madoguchi/contracts';
import { idempotent } from '@madoguchi/database';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { commandOf } from '@madoguchi/service';
import { setVenues } from '../store/set-venues.ts';

const OPERATION = 'staff.assign-venues';

/** Says where somebody of a venue works. */
export function assignVenues(runtime: Runtime): Handler<typeof AssignVenues> {
  return async (request, context) => {
    const command = commandOf(context, OPERATION, request);
    return runtime.database.transaction(context.who, (tx) =>
      idempotent(tx, command, () => setVenues(tx, request, runtime.clock.now())),
    );
  };
}
