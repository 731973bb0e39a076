import type { TelephoneEvent } from '@madoguchi/contracts';
import { normalisePhoneNumber } from '@madoguchi/kernel';

export type TelephoneState = 'ringing' | 'talking' | 'ended';

/** What is known of a call, folded from its events in whatever order they came. */
export type TelephoneCall = {
  state: TelephoneState;
  direction: 'in' | 'out';
  fromNumber: string | undefined;
  toNumber: string | undefined;
  queue: string | undefined;
  language: string | undefined;
  extension: string | undefined;
};

const STATE_OF = {
  ringing: 'ringing',
  answered: 'talking',
  transferred: 'talking',
  ended: 'ended',
} as const;
const RANK: Record<TelephoneState, number> = { ringing: 0, talking: 1, ended: 2 };

/** A number that identifies a subscriber; withheld, payphone and short internal ones do not. */
function numberOf(text: string | undefined): string | undefined {
  const number = text === undefined ? undefined : normalisePhoneNumber(text);
  return number !== undefined && number.replace('+', '').length >= 9 ? number : undefined;
}

/** `to` is the dialled number, or a queue's name with some senders. */
function queueOf(event: TelephoneEvent): string | undefined {
  if (event.queue !== undefined) return event.queue;
  return event.to !== undefined && /\p{L}/u.test(event.to) ? event.to : undefined;
}

export function beginCall(event: TelephoneEvent): TelephoneCall {
  return foldEvent(
    {
      state: 'ringing',
      direction: event.direction,
      fromNumber: undefined,
      toNumber: undefined,
      queue: undefined,
      language: undefined,
      extension: undefined,
    },
    event,
  );
}

/**
 * Adds one event: the state only moves forward, a fact once known is not lost to an event without it,
 * and the last one to answer is the one who talks. Applying an event twice changes nothing.
 */
export function foldEvent(call: TelephoneCall, event: TelephoneEvent): TelephoneCall {
  const state = STATE_OF[event.kind];
  const answers = event.kind === 'answered' || event.kind === 'transferred';
  return {
    ...call,
    state: RANK[state] > RANK[call.state] ? state : call.state,
    fromNumber: call.fromNumber ?? numberOf(event.from),
    toNumber: call.toNumber ?? numberOf(event.to),
    queue: call.queue ?? queueOf(event),
    language: call.language ?? event.language,
    extension:
      answers && event.extension !== undefined
        ? event.extension
        : (call.extension ?? event.extension),
  };
}
