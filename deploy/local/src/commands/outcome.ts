/** Exit codes of the command line. */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

/** Ends a command that was understood and refused, with the reasons. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
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
  if (code === 'ENOENT') return { code: EXIT.usage, sentence: `There is no such file. (${text})` };
  return { code: EXIT.refused, sentence: text };
}
