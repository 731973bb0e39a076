import { createHash } from 'node:crypto';
import { canonicalJson } from '@madoguchi/kernel';
import type { EventKey } from '@madoguchi/messaging';
import type { SlotPlace } from '../store/free-slot-store.ts';

const PLACE = 'reservations.find-free-slots/cursor';

/**
 * Cursors of one search of one person: sealed, so that nobody can make one up or use it for another search
 * or another person's.
 * @param bound what the cursor is for: who searches, and for what
 */
export function pageCursor(eventKey: EventKey, bound: { actorId: string; search: unknown }) {
  const subject = `${PLACE}/${createHash('sha256').update(canonicalJson(bound)).digest('base64url')}`;
  return {
    write(place: SlotPlace): string {
      const { alg, kid, iv, tag, data } = eventKey.seal(place, subject);
      return [alg, kid, iv, tag, data].join('.');
    },
    /** Undefined where it is not a cursor of this search. */
    read(cursor: string): SlotPlace | undefined {
      const [alg = '', kid = '', iv = '', tag = '', data = '', more] = cursor.split('.');
      if (alg !== 'A256GCM' || more !== undefined) return undefined;
      try {
        // What opens was sealed here.
        return eventKey.open({ alg, kid, iv, tag, data }, subject) as SlotPlace;
      } catch {
        return undefined;
      }
    },
  };
}
