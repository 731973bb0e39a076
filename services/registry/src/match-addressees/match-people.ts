import type { matchAddressees, ReplyOf, RequestOf, Who } from '@madoguchi/contracts';
import type { Database } from '@madoguchi/database';
import { peopleByNumber } from '../store/addressee-matches.ts';

type People = RequestOf<typeof matchAddressees>['people'];
type Matches = ReplyOf<typeof matchAddressees>['matches'];

/**
 * Ids of people whom a list names by number and birth date, in the order they are named. Both must fit; of a
 * birth date that the register knows in part only, that part.
 */
export async function matchPeople(
  { database, who }: { database: Database; who: Who },
  people: People,
): Promise<Matches> {
  return database.transaction({ ...who, purpose: 'batch' }, async (tx) => {
    const numbers = [...new Set(people.map((one) => one.addresseeNumber))];
    const rows = await peopleByNumber(tx.query, who.municipalityCode, numbers);
    const known = new Map(rows.map((row) => [row.addresseeNumber, row]));
    const matches = people.map(({ addresseeNumber, dateOfBirth }): Matches[number] => {
      const row = known.get(addresseeNumber);
      if (!row) return { match: 'unknown' };
      if (!dateOfBirth.startsWith(row.dateOfBirth)) return { match: 'birth-date-differs' };
      return { match: 'found', residentId: row.residentId };
    });
    const residents = [...new Set(rows.map((row) => row.residentId))];
    const found = matches.filter(({ match }) => match === 'found').length;
    tx.audit({
      action: 'search',
      operation: 'registry.match-addressees',
      outcome: 'done',
      residents,
      fieldClasses: ['id', 'birth'],
      detail: { asked: people.length, found },
    });
    return matches;
  });
}
