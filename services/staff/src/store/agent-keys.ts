import type { Query } from '@madoguchi/database';

/** The machine that holds an API key in force, by the key's digest. */
export async function findAgent(query: Query, keyDigest: string): Promise<string | undefined> {
  const [row] = await query<{ id: string }>(
    `SELECT id FROM api_key WHERE key_digest = $1 AND active`,
    [keyDigest],
  );
  return row?.id;
}
