import type { Request, Response } from 'express';

export const SESSION_COOKIE = '__Host-sid';
export const TERMINAL_COOKIE = '__Host-terminal';

/** Value of a cookie; undefined where it is absent or given twice, which only an attacker does. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}

export function setSessionCookie(response: Response, secret: string): void {
  response.cookie(SESSION_COOKIE, secret, {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    encode: String,
  });
}

export function setTerminalCookie(response: Response, secret: string): void {
  const maxAge = 400 * 24 * 3_600_000;
  response.cookie(TERMINAL_COOKIE, secret, {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge,
    encode: String,
  });
}

export function clearSession(response: Response): void {
  response.clearCookie(SESSION_COOKIE, {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
  });
  response.set('clear-site-data', '"cache", "storage"');
}

/** Coarse, so that an update of the browser does not end a session, but another browser does. */
export function userAgentClass(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  if (/firefox\//iu.test(text)) return 'firefox';
  if (/chrom(e|ium)\//iu.test(text)) return 'chromium';
  return /safari\//iu.test(text) ? 'safari' : 'other';
}

export function isLoopback(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}
