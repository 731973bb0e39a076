import type { Query } from '@madoguchi/database';

/** Failed tries in a row of one login, by the digest of what was typed. */
export type Attempts = { failures: number; lastAt: Date };

export async function findAttempts(
  query: Query,
  loginDigest: string,
): Promise<Attempts | undefined> {
  const [row] = await query<Attempts>(
    `SELECT failures, last_at AS "lastAt" FROM sign_in_attempt WHERE login_digest = $1`,
    [loginDigest],
  );
  return row;
}

export async function countFailure(query: Query, loginDigest: string, now: Date): Promise<void> {
  await query(
    `INSERT INTO sign_in_attempt (login_digest, failures, last_at) VALUES ($1, 1, $2)
     ON CONFLICT (login_digest) DO UPDATE SET failures = sign_in_attempt.failures + 1, last_at = $2`,
    [loginDigest, now],
  );
}

export async function forgetFailures(query: Query, loginDigest: string): Promise<void> {
  await query(`DELETE FROM sign_in_attempt WHERE login_digest = $1`, [loginDigest]);
}
