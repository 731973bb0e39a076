import { callbackMessages } from '../messages/callback-messages.ts';
import { callMessages, verificationMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { registerMessages } from '../messages/register-messages.ts';
import { ruleMessages } from '../messages/rule-messages.ts';
import { sessionMessages } from '../messages/session-messages.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { waitingOverviewMessages } from '../messages/waiting-overview-messages.ts';
import type { Message } from '../messages/message.ts';

/**
 * Every global key of the console. Alt with a digit is free in the browsers used here, works while a
 * Japanese input method is on, and lies under the left hand; so do the letters Q, W, R, A, Z, X and V, which no
 * browser takes with Alt. `code` is the key's place, so that a
 * layout or an input method does not change it.
 */
export const SHORTCUTS = {
  verification: {
    code: 'Digit1',
    alt: true,
    label: 'Alt+1',
    aria: 'Alt+1',
    name: verificationMessages.title,
  },
  booking: {
    code: 'Digit2',
    alt: true,
    label: 'Alt+2',
    aria: 'Alt+2',
    name: callMessages.taskBooking,
  },
  change: {
    code: 'Digit3',
    alt: true,
    label: 'Alt+3',
    aria: 'Alt+3',
    name: callMessages.taskChange,
  },
  reissue: {
    code: 'Digit4',
    alt: true,
    label: 'Alt+4',
    aria: 'Alt+4',
    name: callMessages.taskReissue,
  },
  callback: {
    code: 'KeyQ',
    alt: true,
    label: 'Alt+Q',
    aria: 'Alt+Q',
    name: callbackMessages.task,
  },
  sessions: {
    code: 'KeyA',
    alt: true,
    label: 'Alt+A',
    aria: 'Alt+A',
    name: sessionMessages.title,
  },
  venueDay: {
    code: 'KeyV',
    alt: true,
    label: 'Alt+V',
    aria: 'Alt+V',
    name: venueDayMessages.title,
  },
  waitingOverview: {
    code: 'KeyX',
    alt: true,
    label: 'Alt+X',
    aria: 'Alt+X',
    name: waitingOverviewMessages.title,
  },
  rules: {
    code: 'KeyZ',
    alt: true,
    label: 'Alt+Z',
    aria: 'Alt+Z',
    name: ruleMessages.title,
  },
  callbacks: {
    code: 'KeyW',
    alt: true,
    label: 'Alt+W',
    aria: 'Alt+W',
    name: callbackMessages.title,
  },
  register: {
    code: 'KeyR',
    alt: true,
    label: 'Alt+R',
    aria: 'Alt+R',
    name: registerMessages.task,
  },
  finish: { code: 'Digit5', alt: true, label: 'Alt+5', aria: 'Alt+5', name: callMessages.finish },
  callDesk: { code: 'Digit6', alt: true, label: 'Alt+6', aria: 'Alt+6', name: general.callDesk },
  supervisorDesk: {
    code: 'Digit7',
    alt: true,
    label: 'Alt+7',
    aria: 'Alt+7',
    name: general.supervisorDesk,
  },
  auditLog: { code: 'Digit8', alt: true, label: 'Alt+8', aria: 'Alt+8', name: general.auditLog },
  custodyLedger: {
    code: 'Digit9',
    alt: true,
    label: 'Alt+9',
    aria: 'Alt+9',
    name: general.custodyLedger,
  },
  refer: { code: 'Digit0', alt: true, label: 'Alt+0', aria: 'Alt+0', name: callMessages.refer },
  help: { code: 'F1', alt: false, label: 'F1', aria: 'F1', name: general.shortcuts },
} as const satisfies Record<
  string,
  { code: string; alt: boolean; label: string; aria: string; name: Message }
>;

export type ShortcutName = keyof typeof SHORTCUTS;
