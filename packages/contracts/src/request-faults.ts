/** As many as somebody reads; a file of faults is no answer. */
const MOST = 20;

/**
 * What is wrong with a request, one line a fault: the path of the member, then what it must be. Never the
 * value: it may be somebody's name.
 */
export function requestFaults(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): string[] {
  return issues.slice(0, MOST).map(({ path, message }) => {
    const member = path.map(String).join('.') || 'body';
    return `${member}: ${message.endsWith('received undefined') ? 'is missing' : message}`;
  });
}
