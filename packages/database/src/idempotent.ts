import { canonicalJson, ok, refuse } from '@madoguchi/kernel';
import type { Refusal, Result } from '@madoguchi/kernel';
import type { Transaction } from './transaction.ts';
import { digestOf } from './transaction.ts';

export type IdempotentCommand = {
  key: string;
  actorId: string;
  /** `<service>.<operation>`; keys of other operations and actors are apart. */
  operation: string;
  request: unknown;
};

type Stored = { request_digest: string; reply: unknown };

type KeyRefusal = {
  ok: false;
  refusal: Refusal<'idempotency_in_flight' | 'idempotency_key_reused'>;
};

/**
 * Runs a command once per key: the first answer is stored in the same transaction and given again;
 * another body under the key is refused, and so is the same key while it is under way. Refusals are
 * not stored, so that a corrected situation can be tried again.
 */
export async function idempotent<W extends Result<unknown, Refusal>>(
  tx: Transaction,
  command: IdempotentCommand,
  work: () => Promise<W>,
): Promise<W | KeyRefusal> {
  const { actorId, operation, key } = command;
  const digest = digestOf(canonicalJson(command.request));
  const [lock] = await tx.query<{ free: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7)) AS free`,
    [`${actorId}\n${operation}\n${key}`],
  );
  if (lock?.free !== true) return refuse('idempotency_in_flight', { retryAfterMs: 500 });
  const [stored] = await tx.query<Stored>(
    `SELECT request_digest, reply FROM relay.idempotency
     WHERE actor_id = $1 AND operation = $2 AND key = $3`,
    [actorId, operation, key],
  );
  if (stored) {
    if (stored.request_digest !== digest) return refuse('idempotency_key_reused');
    return ok(stored.reply) as W;
  }
  const result = await work();
  if (result.ok) {
    await tx.query(
      `INSERT INTO relay.idempotency (actor_id, operation, key, request_digest, reply)
       VALUES ($1, $2, $3, $4, $5::jsonb)`,
      [actorId, operation, key, digest, JSON.stringify(result.value)],
    );
  }
  return result;
}
