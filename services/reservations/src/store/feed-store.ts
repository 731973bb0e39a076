import { FEED_STALE_AFTER_MS, feedEvents } from '@madoguchi/contracts';
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

/** Whose facts are copied here. */
export const OWNERS: readonly string[] = feedEvents.map(({ service }) => service);

/** SQL: a row for each owner of `owners`, a parameter, whose copy was never filled. */
const unfilled = (owners: string): string =>
  `SELECT 1 FROM unnest(${owners}::text[]) AS asked(owner)
   WHERE NOT EXISTS (SELECT 1 FROM copy_fill c WHERE c.owner = asked.owner)`;

/** Was every copy filled once? Before that, people and doses of before we listened are not known. */
export async function areFilled(query: Query): Promise<boolean> {
  const [missing] = await query(`${unfilled('$1')} LIMIT 1`, [OWNERS]);
  return missing === undefined;
}

/**
 * Whether our copies are too little to decide on: one was never filled from its owner's snapshot, or its owner,
 * heard of before, has been silent for too long.
 */
export async function feedsAreStale(query: Query, now: Date): Promise<boolean> {
  const [stale] = await query(
    `SELECT 1 FROM feed WHERE told_at < $1 UNION ALL ${unfilled('$2')} LIMIT 1`,
    [new Date(now.getTime() - FEED_STALE_AFTER_MS), OWNERS],
  );
  return stale !== undefined;
}
