export const SESSION_IDLE_MS = 15 * 60_000;
export const SESSION_ABSOLUTE_MS = 12 * 3_600_000;

export type SessionTimes = { openedAt: Date; lastSeenAt: Date; endedAt: Date | null };

/** A session lives while it is used, at most twelve hours, and not past its end. */
export function sessionLives(session: SessionTimes, now: Date): boolean {
  return (
    session.endedAt === null &&
    now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE_MS &&
    now.getTime() - session.openedAt.getTime() < SESSION_ABSOLUTE_MS
  );
}

export function sessionExpiry(session: SessionTimes): Date {
  return new Date(
    Math.min(
      session.lastSeenAt.getTime() + SESSION_IDLE_MS,
      session.openedAt.getTime() + SESSION_ABSOLUTE_MS,
    ),
  );
}
