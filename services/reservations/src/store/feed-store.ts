import { FEED_STALE_AFTER_MS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

/**
 * Keeps when an owner last gave a sign of life; an older one never overwrites a newer one. Nobody speaks from the
 * future: a clock that was ahead must not make copies look fresh once it is right again.
 */
export async function keepFeed(
  query: Query,
  owner: string,
  told: { at: string; heardAt: Date },
): Promise<void> {
  await query(
    `INSERT INTO feed (owner, told_at) VALUES ($1, least($2::timestamptz, $3::timestamptz))
     ON CONFLICT (owner) DO UPDATE SET told_at = greatest(least(feed.told_at, $3::timestamptz), excluded.told_at)`,
    [owner, told.at, told.heardAt],
  );
}

/** Was the copy of an owner's facts filled from its snapshot, to the end? */
export async function isFilled(query: Query, owner: string): Promise<boolean> {
  const [filled] = await query('SELECT 1 FROM copy_fill WHERE owner = $1', [owner]);
  return filled !== undefined;
}

export async function noteFilled(query: Query, owner: string): Promise<void> {
  await query('INSERT INTO copy_fill (owner) VALUES ($1) ON CONFLICT (owner) DO NOTHING', [owner]);
}

/** Whether some owner of our copies, heard of before, has been silent for too long to decide on what it told. */
export async function feedsAreStale(query: Query, now: Date): Promise<boolean> {
  const [silent] = await query('SELECT owner FROM feed WHERE told_at < $1 LIMIT 1', [
    new Date(now.getTime() - FEED_STALE_AFTER_MS),
  ]);
  return silent !== undefined;
}

/** Is the copy of residents whole, and no owner silent? Then who is not in it is nobody that we could hear of. */
export const isAllTold = async (query: Query, now: Date): Promise<boolean> =>
  (await isFilled(query, 'registry')) && !(await feedsAreStale(query, now));
