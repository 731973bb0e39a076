import { useState } from 'react';
import type { CompanionWish, Verified } from '../gateway/contract-types.ts';
import { membersOf } from '../group-booking/members.ts';
import type { Choice, Member } from '../group-booking/members.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import {
  bookingsBeside,
  BY_NUMBER,
  companionWish,
  hasBooking,
  saidFault,
} from './companion-wish.ts';
import type { BookingBeside, SaidFault } from './companion-wish.ts';

export type CompanionChoice = {
  members: readonly Member[];
  /** Who gets the seat: who was verified last, where nobody is chosen. */
  member: Member;
  bookings: readonly BookingBeside[];
  /** Whoever gets the seat has one already: it is probably for somebody who is not verified yet. */
  booked: boolean;
  /** Undefined where the booking is named by number and birth date. */
  beside: BookingBeside | undefined;
  /** What is said of a booking that is named by its number. */
  number: string;
  birth: string;
  /** What is wrong with the two as they stand. */
  fault: SaidFault | undefined;
  /** Undefined while number or birth date are missing. */
  wish: CompanionWish | undefined;
  setWho: (residentId: string) => void;
  setDose: (doseNumber: number) => void;
  /** The id of a booking, or `BY_NUMBER`. */
  setBeside: (beside: string) => void;
  setNumber: (number: string) => void;
  setBirth: (birth: string) => void;
  /** Another seat, for whoever is verified last. */
  again: () => void;
};

/** Who gets a seat, and beside whose booking. */
export function useCompanionChoice(people: readonly [Verified, ...Verified[]]): CompanionChoice {
  const { t } = useLanguage();
  const [who, setWho] = useState<string | undefined>(undefined);
  const [doses, setDoses] = useState<Record<string, Choice>>({});
  const [chosen, setBeside] = useState<string | undefined>(undefined);
  const [number, setNumber] = useState('');
  const [birth, setBirth] = useState('');
  const [now] = useState(() => new Date());
  const members = membersOf(people, doses, t(general.notShown));
  const member = members.find(({ residentId }) => residentId === who) ?? members.at(-1);
  if (member === undefined) throw new Error('a party without anybody');
  const { residentId, doseNumber } = member;
  const bookings = bookingsBeside(people, residentId);
  const named = bookings.find(({ reservationId }) => reservationId === chosen);
  const beside = chosen === BY_NUMBER ? undefined : (named ?? bookings[0]);
  return {
    members,
    member,
    bookings,
    booked: people.some((one) => one.residentId === residentId && hasBooking(one)),
    beside,
    number,
    birth,
    fault: beside === undefined ? saidFault({ number, birth }, now) : undefined,
    wish: companionWish(
      { residentId, doseNumber, number, birth, beside: beside?.reservationId ?? BY_NUMBER },
      now,
    ),
    setWho,
    setDose: (dose) => setDoses({ ...doses, [residentId]: { doseNumber: dose } }),
    setBeside,
    setNumber,
    setBirth,
    again: () => {
      setWho(undefined);
      setNumber('');
      setBirth('');
    },
  };
}
