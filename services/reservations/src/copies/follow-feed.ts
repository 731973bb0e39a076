import type { feedEvents } from '@madoguchi/contracts';
import type { Transaction } from '@madoguchi/database';
import type { Clock } from '@madoguchi/kernel';
import type { ReceivedEvent } from '@madoguchi/messaging';
import { keepFeed } from '../store/feed-store.ts';

type SignOfLife = ReceivedEvent<(typeof feedEvents)[number]>;
type Follow<E> = (event: E, tx: Transaction) => Promise<void>;

const isSignOfLife = (event: ReceivedEvent): event is SignOfLife => event.type.aggregate === 'feed';

/** Follows an owner's facts, and keeps the sign of life that comes behind them in the same stream. */
export function followFeed<E extends ReceivedEvent>(
  follow: Follow<E>,
  clock: Clock,
): Follow<E | SignOfLife> {
  return (event, tx) => {
    if (!isSignOfLife(event)) return follow(event, tx);
    const { type, payload } = event;
    return keepFeed(tx.query, type.service, { at: payload.at, heardAt: clock.now() });
  };
}
