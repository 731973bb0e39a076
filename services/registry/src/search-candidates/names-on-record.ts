import type { Query } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import type { NameList } from '../domain/name-dictionary.ts';
import { nameList } from '../domain/name-dictionary.ts';
import { distinctNames } from '../store/candidate-search.ts';

type Lists = { families: NameList; givens: NameList };

/** The names of the register as they were a while ago: new ones are few, and rarely mistyped. */
const LIFETIME_MS = 600_000;

export type NamesOnRecord = { lists(): Promise<Lists> };

/** Keeps the register's names in memory; old ones serve while new ones are read. */
export function namesOnRecord(query: Query, clock: Clock): NamesOnRecord {
  let kept: Promise<Lists> | undefined;
  let until = 0;
  const read = async (): Promise<Lists> => {
    const { families, givens } = await distinctNames(query);
    return { families: nameList(families), givens: nameList(givens) };
  };
  const renew = (): Promise<Lists> => {
    until = clock.now().getTime() + LIFETIME_MS;
    const fresh = read();
    fresh.then(
      () => (kept = fresh),
      // The next search asks again; until then the old names have to do.
      () => (until = 0),
    );
    return fresh;
  };
  return {
    lists() {
      if (clock.now().getTime() < until && kept) return kept;
      const fresh = renew();
      kept ??= fresh;
      return kept;
    },
  };
}
