import type { Query } from '@madoguchi/database';
import { newId } from '@madoguchi/kernel';
import { digestOfSecret, newSecret } from './digest.ts';

export async function findTerminal(
  query: Query,
  secret: string | undefined,
): Promise<string | undefined> {
  if (secret === undefined) return undefined;
  const rows = await query<{ id: string }>(`SELECT id FROM terminal WHERE secret_digest = $1`, [
    digestOfSecret(secret),
  ]);
  return rows[0]?.id;
}

/** A new terminal; the secret is given once and only its digest kept. */
export async function addTerminal(
  query: Query,
  label: string,
): Promise<{ id: string; secret: string }> {
  const id = newId();
  const secret = newSecret();
  await query(`INSERT INTO terminal (id, label, secret_digest) VALUES ($1::uuid, $2, $3)`, [
    id,
    label,
    digestOfSecret(secret),
  ]);
  return { id, secret };
}

export async function addTerminalCode(
  query: Query,
  code: { digest: string; label: string; expiresAt: Date },
): Promise<void> {
  await query(`INSERT INTO terminal_code (code_digest, label, expires_at) VALUES ($1, $2, $3)`, [
    code.digest,
    code.label,
    code.expiresAt,
  ]);
}

/** Uses a code up; the label it was made for, or undefined when it is wrong, old or used. */
export async function useTerminalCode(
  query: Query,
  digest: string,
  at: Date,
): Promise<string | undefined> {
  const rows = await query<{ label: string }>(
    `UPDATE terminal_code SET used_at = $2
     WHERE code_digest = $1 AND used_at IS NULL AND expires_at > $2 RETURNING label`,
    [digest, at],
  );
  return rows[0]?.label;
}
