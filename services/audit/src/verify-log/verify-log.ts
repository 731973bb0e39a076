import type { verifyAuditLog as VerifyAuditLog } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import pg from 'pg';
import type { Link } from '../domain/chain.ts';
import { chainWalker } from '../domain/chain.ts';
import { sha256 } from '../store/log-store.ts';

const PAGE = 5_000;

type Row = Omit<Link, 'position' | 'seq'> & { position: string; seq: string };

export type LogVerdict = ReturnType<ReturnType<typeof chainWalker>['result']>;

/** Walks the whole chain in pages, over one repeatable snapshot of the database. */
export async function walkLog(
  databaseUrl: string,
  onProgress?: (done: number) => void,
): Promise<LogVerdict> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const walker = chainWalker(sha256);
    let after = 0;
    for (;;) {
      const { rows } = await client.query<Row>(
        `SELECT position, writer, lane, seq, entry, hash FROM log_entry WHERE position > $1 ORDER BY position LIMIT ${PAGE}`,
        [after],
      );
      for (const row of rows)
        walker.add({ ...row, position: Number(row.position), seq: Number(row.seq) });
      after = Number(rows.at(-1)?.position ?? after);
      onProgress?.(walker.result().entries);
      if (rows.length < PAGE) return walker.result();
    }
  } finally {
    await client.end();
  }
}

/** Says whether the log is whole, and where it is broken if not. */
export function verifyLog(runtime: Runtime): Handler<typeof VerifyAuditLog> {
  return async (_request, context) => {
    const verdict = await walkLog(runtime.config.DATABASE_URL ?? '');
    await runtime.database.transaction(context.who, async (tx) =>
      tx.audit({
        action: 'administration',
        operation: 'audit.verify-log',
        outcome: verdict.whole ? 'done' : 'failed',
        detail: { entries: verdict.entries },
      }),
    );
    return ok(verdict);
  };
}
