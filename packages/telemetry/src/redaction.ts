/**
 * Keys that may be logged. Everything else in a log object is dropped, since a field nobody thought of
 * is the one that carries a name.
 */
const LOGGABLE = new Set([
  'service',
  'operation',
  'subject',
  'event',
  'consumer',
  'job',
  'code',
  'status',
  'outcome',
  'reason',
  'durationMs',
  'count',
  'attempt',
  'correlationId',
  'caseId',
  'actorId',
  'role',
  'sessionId',
  'port',
  'url',
  'method',
  'route',
  'version',
  'position',
  'err',
  'kind',
  'pid',
  'exitCode',
  'retryAfterMs',
  'stream',
  'seq',
  'applied',
  'bytes',
  'configuration',
  'writer',
  'ageMs',
  'eventId',
  'signal',
]);

/** The loggable part of an object; errors are reduced to name, code, message class and stack. */
export function loggable(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key, value]) => LOGGABLE.has(key) && value !== undefined)
      .map(([key, value]) => [key, value instanceof Error ? errorFacts(value) : value]),
  );
}

/**
 * Facts of an error without its message's free text: database and parser messages quote the values
 * they choke on, so only errors that are known to carry none keep their message.
 */
export function errorFacts(error: Error): Record<string, unknown> {
  const code = 'code' in error ? error.code : undefined;
  const quotesValues = typeof code === 'string' && /^(22|23|P2)/.test(code);
  return {
    name: error.name,
    code,
    message: quotesValues || error.name === 'ZodError' ? '(withheld)' : error.message,
    stack: error.stack?.split('\n').slice(1, 8).join('\n'),
  };
}
