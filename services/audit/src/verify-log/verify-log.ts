import type { verifyAuditLog as VerifyAuditLog } from '@madoguchi/contracts';
import { ok } from '@madoguchi/kernel';
import type { Handler } from '@madoguchi/messaging';
import type { Runtime } from '@madoguchi/service';
import { chainWalker } from '../domain/chain.ts';
import { sha256 } from '../store/log-store.ts';
import { linksOfLog } from '../store/read-log.ts';

export type LogVerdict = ReturnType<ReturnType<typeof chainWalker>['result']>;

/** Walks the whole chain in pages, over one repeatable snapshot of the database. */
export async function walkLog(
  databaseUrl: string,
  onProgress?: (done: number) => void,
): Promise<LogVerdict> {
  const walker = chainWalker(sha256);
  for await (const links of linksOfLog(databaseUrl)) {
    for (const link of links) walker.add(link);
    onProgress?.(walker.result().entries);
  }
  return walker.result();
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
