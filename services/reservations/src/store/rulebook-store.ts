import type { Query } from '@madoguchi/database';
import { tokyoDate } from '@madoguchi/kernel';
import type { Rulebook, Rules } from '../domain/rulebook.ts';
import { NO_RULES } from '../domain/rulebook.ts';

/** The copy of the programme's rules, for bookings made now; none while programme has not told of any. */
export async function readRulebook(query: Query, now: Date): Promise<Rulebook> {
  const [row] = await query<{ rules: Rules }>('SELECT rules FROM rulebook_copy');
  return { ...(row?.rules ?? NO_RULES), askedOn: tokyoDate(now) };
}
