import type { feedEvents } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepFeed } from '../store/feed-store.ts';

type SignOfLife = ReceivedEvent<(typeof feedEvents)[number]>;
type Follow<E> = (event: E, tx: Transaction) => Promise<void>;

const isSignOfLife = (event: ReceivedEvent): event is SignOfLife => event.type.aggregate === 'feed';

/** Follows an owner's facts, and keeps the sign of life that comes behind them in the same stream. */
export function followFeed<E extends ReceivedEvent>(follow: Follow<E>): Follow<E | SignOfLife> {
  return (event, tx) =>
    isSignOfLife(event)
      ? keepFeed(tx.query, event.type.service, event.payload.at)
      : follow(event, tx);
}
