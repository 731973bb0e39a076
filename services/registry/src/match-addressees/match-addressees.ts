import type { matchAddressees as MatchAddressees } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { matchPeople } from './match-people.ts';

/** Ids of people whom a list of the city names, for reservations, on behalf of who takes the list in. */
export const matchAddressees =
  (runtime: Runtime): Handler<typeof MatchAddressees> =>
  async ({ people }, { who }) =>
    ok({ matches: await matchPeople({ database: runtime.database, who }, people) });
