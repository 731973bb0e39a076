import type { Channel, Sentence } from '@madoguchi/contracts';
import { formatEraDate, tokyoDate, tokyoTime } from '@madoguchi/kernel';

/** What is known of the slots of a search that found nothing. */
export type SlotsMeant = {
  /** There are slots at all. */
  planned: boolean;
  /** Seats are left, but promised to other channels. */
  leftToOthers: boolean;
  /** There are slots whose time to book is now and whose seats are all gone. */
  taken: boolean;
  /** When the first of those that open later does. */
  opensAt: Date | undefined;
};

type Told = { code: string; sentence: Sentence };

const NOT_PLANNED: Told = {
  code: 'slot_not_planned',
  sentence: {
    ja: 'ご希望の会場・日時には、接種の枠がありません。',
    en: 'No vaccination is planned at these venues and times.',
  },
};
const TAKEN: Told = {
  code: 'slot_full',
  sentence: {
    ja: 'ご希望の会場・日時の枠は、すべて埋まっています。',
    en: 'All seats at these venues and times are taken.',
  },
};
const CLOSED: Told = {
  code: 'slot_closed',
  sentence: {
    ja: 'ご希望の会場・日時の枠は、受付を終了しています。',
    en: 'Booking for these venues and times is closed.',
  },
};
const OWN_SEATS: Record<Channel, Sentence> = {
  phone: {
    ja: '電話予約分は埋まりました。残りは電話以外の受付分です。',
    en: 'The seats for the telephone are taken. What is left is for other channels.',
  },
  web: {
    ja: 'Web予約分は埋まりました。残りはWeb以外の受付分です。',
    en: 'The seats for the web are taken. What is left is for other channels.',
  },
  staff: {
    ja: '窓口受付分は埋まりました。残りは窓口以外の受付分です。',
    en: 'The seats for the counter are taken. What is left is for other channels.',
  },
  'walk-in': {
    ja: '当日受付分は埋まりました。残りは予約の受付分です。',
    en: 'The seats for walk-ins are taken. What is left is for bookings.',
  },
};

function opensLater(at: Date): Told {
  const day = tokyoDate(at);
  const time = tokyoTime(at);
  return {
    code: 'slot_not_open',
    sentence: {
      ja: `受付開始前の枠があります。${formatEraDate(day)}${time}から受け付けます。`,
      en: `Some slots are not open yet. Booking opens on ${day} at ${time}.`,
    },
  };
}

/** Why a search found no free seat, as it can be read out; everything that applies. */
export function whyNothingFree(meant: SlotsMeant, channel: Channel): Told[] {
  if (!meant.planned) return [NOT_PLANNED];
  const reasons = [
    ...(meant.leftToOthers
      ? [{ code: 'channel_quota_reached', sentence: OWN_SEATS[channel] }]
      : meant.taken
        ? [TAKEN]
        : []),
    ...(meant.opensAt ? [opensLater(meant.opensAt)] : []),
  ];
  return reasons.length > 0 ? reasons : [CLOSED];
}
