/** Who works with the system. `service` and `job` are machines acting under their own signed name. */
export const ROLES = [
  'operator',
  'senior-operator',
  'reviewer',
  'venue-staff',
  'city-staff',
  'operations-manager',
  'system-administrator',
  'auditor',
  'phone-agent',
  'resident',
  'service',
] as const;
export type Role = (typeof ROLES)[number];

/** Why a resident is looked at; the threshold and the visible field classes hang on it. */
export const PURPOSES = [
  'inquiry',
  'reservation',
  'own-record',
  'reissue',
  'application',
  'claim-review',
  'venue-day',
  'outreach',
  'batch',
  'keypad',
  'web',
  'disclosure-request',
  'emergency',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The occasions that make a look at a resident necessary. */
export const CASE_KINDS = [
  'call',
  'application',
  'claim',
  'venue-visit',
  'work-item',
  'batch-run',
  'self-service',
  'break-glass',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** Purposes that a case of each kind can carry (authorisation table, "case kinds"). */
export const PURPOSES_OF_CASE: Record<CaseKind, readonly Purpose[]> = {
  call: ['inquiry', 'reservation', 'own-record', 'reissue', 'application'],
  application: ['reissue', 'application', 'disclosure-request'],
  claim: ['claim-review'],
  'venue-visit': ['reservation', 'venue-day'],
  'work-item': ['reservation', 'outreach'],
  'batch-run': ['batch'],
  'self-service': ['keypad', 'web'],
  'break-glass': ['emergency'],
};

/** Field classes of everything known of a resident; `open` is for what says nothing of a person. */
export const FIELD_CLASSES = [
  'id',
  'name',
  'birth',
  'address',
  'past-address',
  'contact',
  'residency',
  'nationality',
  'restriction',
  'remarks',
  'dose',
  'reaction',
  'booking',
  'ticket',
  'household',
] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

export type Visibility = 'show' | 'mask' | 'none';
export type FieldClassVisibility = Record<FieldClass, Visibility>;

export const CHANNELS = ['phone', 'web', 'staff', 'walk-in'] as const;
export type Channel = (typeof CHANNELS)[number];
