import type { Query } from '@madoguchi/database';
import type { Rulebook } from '../domain/rulebook.ts';
import { NO_RULES } from '../domain/rulebook.ts';

/** The copy of the programme's rules; none while programme has not told of any. */
export async function readRulebook(query: Query): Promise<Rulebook> {
  const [row] = await query<{ rules: Rulebook }>('SELECT rules FROM rulebook_copy');
  return row?.rules ?? NO_RULES;
}
