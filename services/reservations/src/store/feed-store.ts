import { FEED_STALE_AFTER_MS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/** Keeps when an owner last gave a sign of life; an older one never overwrites a newer one. */
export async function keepFeed(query: Query, owner: string, toldAt: string): Promise<void> {
  await query(
    `INSERT INTO feed (owner, told_at) VALUES ($1, $2)
     ON CONFLICT (owner) DO UPDATE SET told_at = greatest(feed.told_at, excluded.told_at)`,
    [owner, toldAt],
  );
}

/** Whether some owner of our copies, heard of before, has been silent for too long to decide on what it told. */
export async function feedsAreStale(query: Query, now: Date): Promise<boolean> {
  const [silent] = await query('SELECT owner FROM feed WHERE told_at < $1 LIMIT 1', [
    new Date(now.getTime() - FEED_STALE_AFTER_MS),
  ]);
  return silent !== undefined;
}
