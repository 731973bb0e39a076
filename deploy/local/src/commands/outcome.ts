import { isRefusalCode, REFUSALS } from '@madoguchi/contracts';
import type { Refusal } from '@madoguchi/kernel';

/** Exit codes of the command line. */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** Ends a command that was understood and refused, with the reasons. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** What a refusal names beside its code: the faulty columns, the characters, the line. */
const particulars = ({ details }: Refusal): string =>
  Object.entries(details ?? {})
    // How long a program waits before it comes back; whoever reads this reads the sentence.
    .filter(([name]) => name !== 'retryAfterMs')
    .flatMap(([, value]) => value)
    .map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
    .join(', ');

/**
 * Ends a command by a refusal of a service: what it is about, the sentence in Japanese and English with
 * its code and particulars, and below what to do about it on the command line.
 */
export function refusedBecause(refusal: Refusal, about: string, advice?: string): CommandRefused {
  const { code } = refusal;
  const sentences = isRefusalCode(code) ? `${REFUSALS[code].ja} ${REFUSALS[code].en} ` : '';
  const which = particulars(refusal);
  const first = `${about}: ${sentences}[${code}]${which === '' ? '' : ` ${which}`}`;
  return new CommandRefused(advice === undefined ? first : `${first}\n${advice}`);
}

/** Ends a command whose arguments cannot be meant, naming what is wrong. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Ends a command that another part did not answer. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Prints for people, or one JSON object for programs. */
export function report(
  json: boolean,
  value: Record<string, unknown>,
  lines: readonly string[],
): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
}

const UNREACHABLE =
  /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|CONNECTION_REFUSED|57P03|3D000|P1001|Can't reach database server/;

/** What went wrong with a file while it was worked on, by the system's code. */
const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'A file is needed, and this is a folder.',
  ENOTDIR: 'A folder is needed, and this is a file.',
  EEXIST: 'It exists already; name another.',
  EACCES: 'This user may not read or write it.',
  EPERM: 'This user may not read or write it.',
  EROFS: 'Nothing can be written there.',
  ENOSPC: 'There is no room left to write it.',
};

/** Exit code and sentence of whatever a command ended with. */
export function exitOf(error: unknown): { code: number; sentence: string } {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof WrongUsage) return { code: EXIT.usage, sentence: text };
  if (error instanceof Unreachable) return { code: EXIT.unreachable, sentence: text };
  if (error instanceof CommandRefused) return { code: EXIT.refused, sentence: text };
  if (UNREACHABLE.test(code) || UNREACHABLE.test(text))
    return {
      code: EXIT.unreachable,
      sentence: `PostgreSQL or NATS cannot be reached; is Madoguchi running? (${code || 'no answer'})`,
    };
  const file = FILE_FAULTS[code];
  if (file !== undefined) return { code: EXIT.usage, sentence: `${file} (${text})` };
  return { code: EXIT.refused, sentence: text };
}
