import type { Channel, Role } from '@madoguchi/contracts';

/** Through which channel a role takes seats, so that each keeps to what it was promised. */
const CHANNEL_OF: Partial<Record<Role, Channel>> = {
  resident: 'web',
  'city-staff': 'staff',
  'operations-manager': 'staff',
  'venue-staff': 'walk-in',
};

/** The telephone is everybody's channel who serves a caller: operators, their desk, phone agents. */
export const channelOf = (role: Role): Channel => CHANNEL_OF[role] ?? 'phone';
