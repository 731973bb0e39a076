import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finding } from './check-run/finding.ts';

export type Verdict = {
  /** 0 whole, 1 findings, 3 the record or the database cannot be read. */
  exitCode: number;
  findings: Finding[];
  /** Last line of the checker: what it went through. */
  summary: Record<string, unknown>;
};

const PROGRAM = fileURLToPath(new URL('check-run/check-run.ts', import.meta.url));

/** Runs the checker of runs in a process of its own; the record has to be closed before. */
export async function checkRecord(path: string, databaseUrl: string): Promise<Verdict> {
  const { exitCode, output, fault } = await new Promise<{
    exitCode: number;
    output: string;
    fault: string;
  }>((resolve) => {
    const limits = { maxBuffer: 256 * 1024 * 1024 };
    const child = execFile(
      process.execPath,
      [PROGRAM, path, databaseUrl],
      limits,
      (_error, stdout, stderr) =>
        resolve({ exitCode: child.exitCode ?? 3, output: stdout, fault: stderr }),
    );
  });
  const lines = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const summary = lines.pop();
  if (!summary) throw new Error(`the checker said nothing: ${fault.trim()}`);
  return { exitCode, findings: lines as Finding[], summary };
}
