import { WEEKDAYS } from '@madoguchi/contracts/catalogue';
import { CHANNELS } from '@madoguchi/contracts/roles';
import type { Channel } from '@madoguchi/contracts/roles';
import type { ListedVenue, NewSession } from '../gateway/contract-types.ts';

/** What an administrator types of a new session; figures as text until they are sent. */
export type SessionDraft = {
  venueCode: string;
  productCode: string;
  day: string;
  startsAt: string;
  endsAt: string;
  slotMinutes: string;
  gaps: readonly GapDraft[];
  capacity: string;
  extraAtStart: string;
  quotas: QuotaDraft;
  opensAt: string;
  closesAt: string;
};
/** Both times empty is no gap. */
export type GapDraft = { from: string; to: string };
export type QuotaDraft = Record<Channel, string>;

const NO_QUOTAS: QuotaDraft = { phone: '0', web: '0', staff: '0', 'walk-in': '0' };

/** A usual day: mornings and afternoons with a gap for lunch. */
export const FIRST_DRAFT: SessionDraft = {
  venueCode: '',
  productCode: '',
  day: '',
  startsAt: '09:00',
  endsAt: '17:00',
  slotMinutes: '10',
  gaps: [{ from: '12:00', to: '13:00' }],
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

/** A draft of the promises that hold now, to begin with. */
export const draftOfQuotas = (quotas: Record<Channel, number>): QuotaDraft => ({
  phone: String(quotas.phone),
  web: String(quotas.web),
  staff: String(quotas.staff),
  'walk-in': String(quotas['walk-in']),
});

type HoursOfVenue = Pick<ListedVenue, 'venueCode' | 'openingHours'>;

/** Hours of a venue on a day, in their order; none where they are not known or it is closed. */
export function hoursOn(
  venue: HoursOfVenue | undefined,
  day: string,
): readonly { opens: string; closes: string }[] {
  if (venue === undefined || day === '') return [];
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return venue.openingHours
    .filter((one) => one.weekday === weekday)
    .toSorted((a, b) => (a.opens < b.opens ? -1 : 1));
}

/** The times of a session that keeps a venue's hours, with the gaps between them. */
export function timesOf(
  hours: readonly { opens: string; closes: string }[],
): Pick<SessionDraft, 'startsAt' | 'endsAt' | 'gaps'> | undefined {
  const [first] = hours;
  const last = hours.at(-1);
  if (!first || !last) return undefined;
  const gaps = hours.slice(1).flatMap(({ opens }, place) => {
    const from = hours[place]?.closes ?? opens;
    return from < opens ? [{ from, to: opens }] : [];
  });
  return { startsAt: first.opens, endsAt: last.closes, gaps };
}

/** Is one of a gap's times missing? It would be sent as no gap at all. */
export const isHalf = ({ from, to }: GapDraft): boolean => (from === '') !== (to === '');

/** The command of a draft; undefined while something that it needs is missing or no figure. */
export function newSessionOf(draft: SessionDraft, now: Date): NewSession | undefined {
  const { venueCode, productCode, day, startsAt, endsAt, gaps } = draft;
  const slotMinutes = figure(draft.slotMinutes);
  const capacity = figure(draft.capacity);
  const extraAtStart = figure(draft.extraAtStart);
  const quotas = quotasOf(draft.quotas);
  const named = [venueCode, productCode, day, startsAt, endsAt].every((text) => text !== '');
  if (gaps.some(isHalf)) return undefined;
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
      gaps: gaps.filter(({ from }) => from !== ''),
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
