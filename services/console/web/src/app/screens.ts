import type { Role } from '@madoguchi/contracts/roles';
import type { ShortcutName } from '../keyboard/shortcuts.ts';
import { callbackMessages } from '../messages/callback-messages.ts';
import { general } from '../messages/general-messages.ts';
import { ruleMessages } from '../messages/rule-messages.ts';
import { sessionMessages } from '../messages/session-messages.ts';
import { venueDayMessages } from '../messages/venue-day-messages.ts';
import { waitingOverviewMessages } from '../messages/waiting-overview-messages.ts';
import type { Message } from '../messages/message.ts';

export type ScreenName =
  | 'callDesk'
  | 'callbacks'
  | 'venueDay'
  | 'waitingOverview'
  | 'sessions'
  | 'rules'
  | 'supervisorDesk'
  | 'auditLog'
  | 'custodyLedger';

export type Screen = {
  name: ScreenName;
  title: Message;
  /** Address of the screen after `#/`; never carries data. */
  path: string;
  shortcut: ShortcutName;
  roles: readonly Role[];
};

/** The screens in the order of the bar; roles as the operations behind them allow. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'callDesk',
    title: general.callDesk,
    path: 'call-desk',
    shortcut: 'callDesk',
    roles: ['operator', 'senior-operator', 'city-staff'],
  },
  {
    name: 'callbacks',
    title: callbackMessages.title,
    path: 'callbacks',
    shortcut: 'callbacks',
    roles: ['operator', 'senior-operator', 'city-staff', 'operations-manager'],
  },
  {
    name: 'venueDay',
    title: venueDayMessages.title,
    path: 'venue-day',
    shortcut: 'venueDay',
    roles: ['venue-staff', 'city-staff'],
  },
  {
    name: 'waitingOverview',
    title: waitingOverviewMessages.title,
    path: 'waiting-overview',
    shortcut: 'waitingOverview',
    roles: ['senior-operator', 'city-staff'],
  },
  {
    name: 'sessions',
    title: sessionMessages.title,
    path: 'sessions',
    shortcut: 'sessions',
    roles: ['senior-operator', 'city-staff', 'operations-manager', 'system-administrator'],
  },
  {
    name: 'rules',
    title: ruleMessages.title,
    path: 'rules',
    shortcut: 'rules',
    roles: [
      'operator',
      'senior-operator',
      'city-staff',
      'operations-manager',
      'system-administrator',
      'auditor',
    ],
  },
  {
    name: 'supervisorDesk',
    title: general.supervisorDesk,
    path: 'supervisor-desk',
    shortcut: 'supervisorDesk',
    roles: ['senior-operator', 'city-staff'],
  },
  {
    name: 'auditLog',
    title: general.auditLog,
    path: 'audit-log',
    shortcut: 'auditLog',
    roles: ['senior-operator', 'city-staff', 'operations-manager', 'auditor'],
  },
  {
    name: 'custodyLedger',
    title: general.custodyLedger,
    path: 'custody-ledger',
    shortcut: 'custodyLedger',
    roles: [
      'senior-operator',
      'city-staff',
      'operations-manager',
      'system-administrator',
      'auditor',
    ],
  },
];

export function screensOf(role: Role): readonly Screen[] {
  return SCREENS.filter((screen) => screen.roles.includes(role));
}
