import { audit } from '@madoguchi/audit/service';
import { walkLog } from '@madoguchi/audit/verify-log/verify-log';
import { EXIT, report } from './outcome.ts';
import { withService } from './open-service.ts';

/** `audit verify`: is the log whole, and where is it broken if not. */
export async function verifyAuditCommand(options: { json?: boolean }): Promise<void> {
  const verdict = await withService(audit, ({ databaseUrl }) => walkLog(databaseUrl));
  report(options.json === true, verdict, [
    verdict.whole
      ? `The log is whole: ${verdict.entries} entries, head ${verdict.head.slice(0, 16)}`
      : `The log is BROKEN: ${verdict.findings.length} findings in ${verdict.entries} entries`,
    ...verdict.findings.map(
      ({ position, kind, sentence }) => `entry ${position} (${kind}): ${sentence}`,
    ),
  ]);
  if (!verdict.whole) process.exitCode = EXIT.refused;
}
