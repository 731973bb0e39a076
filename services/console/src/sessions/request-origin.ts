/**
 * Did the request come from our own page? A custom header, which no form can send, and Origin and
 * Sec-Fetch-Site where the browser says them.
 */
export function isOwnPage(header: (name: string) => string | undefined): boolean {
  if (header('x-madoguchi') !== 'console') return false;
  return isSameOrigin(header);
}

/** For a WebSocket's upgrade, which carries no custom header. */
export function isSameOrigin(header: (name: string) => string | undefined): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = header('origin');
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === header('host');
  } catch {
    return false;
  }
}
