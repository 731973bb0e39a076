import type { CommonRefusalCode, RefusalCode } from '@madoguchi/contracts';
import { COMMON_REFUSALS } from '@madoguchi/contracts';
import type { Route } from './route.ts';

const OF_A_KEY: readonly CommonRefusalCode[] = [
  'idempotency_key_missing',
  'idempotency_key_reused',
  'idempotency_in_flight',
];
const OF_A_BODY: readonly CommonRefusalCode[] = ['payload_too_large', 'unsupported_media_type'];
const OF_A_CASE: readonly CommonRefusalCode[] = [
  'case_required',
  'case_ended',
  'grant_required',
  'purpose_not_allowed',
];

/** What the machinery can refuse, without what a route of this kind never meets. */
function commonRefusals(route: Route): CommonRefusalCode[] {
  const never = new Set<CommonRefusalCode>([
    ...(route.idempotent ? [] : OF_A_KEY),
    ...(route.fromPage ? [] : (['forged_request'] as const)),
    ...(route.method === 'get' ? OF_A_BODY : []),
    ...(route.needs === 'nothing' ? OF_A_CASE : []),
  ]);
  return (Object.keys(COMMON_REFUSALS) as CommonRefusalCode[]).filter((code) => !never.has(code));
}

/** Everything that a route can refuse with: first its own, then what the machinery around it can. */
export const refusalsOf = (route: Route): RefusalCode[] => [
  ...new Set<RefusalCode>([...(route.refusals ?? []), ...commonRefusals(route)]),
];
