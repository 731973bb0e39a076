import type { Query } from '@madoguchi/database';
import type { SearchKeys } from '../domain/search-keys.ts';
import { KEYS_VERSION, searchKeysOf } from '../domain/search-keys.ts';

const LOT = 2_000;

/** Derives the keys of a lot of people again whose keys are of older rules; gives how many there were. */
export async function deriveKeysOfLot(query: Query): Promise<number> {
  const people = await query<{ id: string; nameKana: string | null; address: string }>(
    `SELECT id, name_kana AS "nameKana", address FROM resident WHERE keys_version < ${KEYS_VERSION}
     ORDER BY id LIMIT ${LOT} FOR UPDATE SKIP LOCKED`,
  );
  if (people.length === 0) return 0;
  const keys: (SearchKeys & { id: string })[] = people.map((one) => ({
    id: one.id,
    ...searchKeysOf(one),
  }));
  await query(
    `UPDATE resident r SET kana_loose = k."kanaLoose", kana_family = k."kanaFamily",
       kana_given = k."kanaGiven", place_block = k."placeBlock", place_key = k."placeKey",
       keys_version = ${KEYS_VERSION}
     FROM jsonb_to_recordset($1::jsonb) AS k(id uuid, "kanaLoose" text, "kanaFamily" text,
       "kanaGiven" text, "placeBlock" text, "placeKey" text)
     WHERE r.id = k.id`,
    [JSON.stringify(keys)],
  );
  return people.length;
}
