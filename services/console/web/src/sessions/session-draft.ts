import { CHANNELS } from '@madoguchi/contracts/roles';
import type { Channel } from '@madoguchi/contracts/roles';
import type { NewSession } from '../gateway/contract-types.ts';

/** What an administrator types of a new session; figures as text until they are sent. */
export type SessionDraft = {
  venueCode: string;
  productCode: string;
  day: string;
  startsAt: string;
  endsAt: string;
  slotMinutes: string;
  gapFrom: string;
  gapTo: string;
  capacity: string;
  extraAtStart: string;
  quotas: QuotaDraft;
  opensAt: string;
  closesAt: string;
};
export type QuotaDraft = Record<Channel, string>;

export const NO_QUOTAS: QuotaDraft = { phone: '0', web: '0', staff: '0', 'walk-in': '0' };

/** A usual day: mornings and afternoons with a gap for lunch. */
export const FIRST_DRAFT: SessionDraft = {
  venueCode: '',
  productCode: '',
  day: '',
  startsAt: '09:00',
  endsAt: '17:00',
  slotMinutes: '10',
  gapFrom: '12:00',
  gapTo: '13:00',
  capacity: '6',
  extraAtStart: '0',
  quotas: NO_QUOTAS,
  opensAt: '',
  closesAt: '',
};

const figure = (text: string): number | undefined =>
  /^\d{1,4}$/u.test(text.trim()) ? Number(text) : undefined;

/** A wall time in Tokyo as an instant. */
export const instantOf = (local: string): string => `${local}:00+09:00`;

export function quotasOf(draft: QuotaDraft): NewSession['pattern']['quotas'] | undefined {
  const figures = CHANNELS.map((channel) => [channel, figure(draft[channel])] as const);
  return figures.some(([, seats]) => seats === undefined)
    ? undefined
    : (Object.fromEntries(figures) as NewSession['pattern']['quotas']);
}

/** The command of a draft; undefined while something that it needs is missing or no figure. */
export function newSessionOf(draft: SessionDraft, now: Date): NewSession | undefined {
  const { venueCode, productCode, day, startsAt, endsAt, gapFrom, gapTo } = draft;
  const slotMinutes = figure(draft.slotMinutes);
  const capacity = figure(draft.capacity);
  const extraAtStart = figure(draft.extraAtStart);
  const quotas = quotasOf(draft.quotas);
  const named = [venueCode, productCode, day, startsAt, endsAt].every((text) => text !== '');
  if (!named || slotMinutes === undefined || capacity === undefined) return undefined;
  if (extraAtStart === undefined || quotas === undefined) return undefined;
  return {
    venueCode,
    productCode,
    day,
    pattern: {
      startsAt,
      endsAt,
      slotMinutes,
      gaps: gapFrom === '' || gapTo === '' ? [] : [{ from: gapFrom, to: gapTo }],
      capacity,
      extraAtStart,
      quotas,
    },
    opensAt: draft.opensAt === '' ? now.toISOString() : instantOf(draft.opensAt),
    ...(draft.closesAt === '' ? {} : { closesAt: instantOf(draft.closesAt) }),
  };
}

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** How many slots and seats a pattern gives, to be seen before it is sent; the server decides. */
export function previewOf({ pattern }: Pick<NewSession, 'pattern'>): {
  slots: number;
  seats: number;
} {
  const { startsAt, endsAt, slotMinutes, gaps, capacity, extraAtStart } = pattern;
  const end = minutesOf(endsAt);
  let slots = 0;
  for (let at = minutesOf(startsAt); slotMinutes > 0 && at + slotMinutes <= end;) {
    const from = at;
    const gap = gaps.find(
      (one) => from < minutesOf(one.to) && minutesOf(one.from) < from + slotMinutes,
    );
    // A gap that ends before it begins would lead back for ever.
    if (gap !== undefined && minutesOf(gap.to) > at) at = minutesOf(gap.to);
    else {
      slots += 1;
      at += slotMinutes;
    }
  }
  return { slots, seats: slots === 0 ? 0 : slots * capacity + extraAtStart };
}
