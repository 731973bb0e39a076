import type { Channel } from '@madoguchi/contracts';
import { CHANNELS } from '@madoguchi/contracts';
import type { PerChannel } from './slot-state.ts';

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/**
 * Shares `total` whole units in proportion to `weights`, largest remainders first, earlier ones first among
 * equals. The shares add up to `total`, or all are 0 where no weight is positive.
 */
function apportion(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  if (whole === 0) return weights.map(() => 0);
  const shares = weights.map((weight) => Math.floor((total * weight) / whole));
  const order = weights
    .map((weight, place) => ({ place, rest: (total * weight) % whole }))
    .toSorted((a, b) => b.rest - a.rest || a.place - b.place);
  for (const { place } of order.slice(0, total - sum(shares)))
    shares[place] = (shares[place] ?? 0) + 1;
  return shares;
}

const perChannel = (values: readonly number[]): PerChannel =>
  Object.fromEntries(CHANNELS.map((channel, place) => [channel, values[place] ?? 0])) as Record<
    Channel,
    number
  >;

/** Promises for a slot of another size than the session's: in proportion, as is what is promised to nobody. */
export function scaleQuotas(quotas: PerChannel, from: number, to: number): PerChannel {
  const promised = CHANNELS.map((channel) => quotas[channel]);
  return perChannel(apportion(to, [...promised, from - sum(promised)]).slice(0, CHANNELS.length));
}

/**
 * Promises that can be kept beside what is taken already. What is wanted, where there is room: a channel
 * occupies the greater of its promise and its seats, and all that must fit into the capacity. What channels
 * took beyond their new promise is missing from the others' promises, from each in proportion to the part of
 * its promise that is not sold; what a channel has sold within its promise is never touched.
 * @param taken seats booked or held; together at most `capacity`
 */
export function fitQuotas(
  wanted: PerChannel,
  slot: { capacity: number; taken: PerChannel },
): PerChannel {
  const { capacity, taken } = slot;
  const occupied = sum(CHANNELS.map((channel) => Math.max(wanted[channel], taken[channel])));
  const missing = occupied - capacity;
  if (missing <= 0) return wanted;
  const unsold = CHANNELS.map((channel) => Math.max(0, wanted[channel] - taken[channel]));
  // Sharing what can stay, not what must go: no share is larger than its weight.
  const stay = apportion(sum(unsold) - missing, unsold);
  return perChannel(
    CHANNELS.map(
      (channel, place) => Math.min(wanted[channel], taken[channel]) + (stay[place] ?? 0),
    ),
  );
}
