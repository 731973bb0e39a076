import { ReservationSettings } from '@madoguchi/contracts';
import { canonicalJson } from '@madoguchi/kernel';

type Value = ReservationSettings[keyof ReservationSettings];
export type SettingDifference = { member: string; before?: Value; after: Value };

/** In the order in which they are shown; a database keeps an order of its own. */
const MEMBERS = Object.keys(ReservationSettings.shape) as (keyof ReservationSettings)[];

/** Members in which two states of the settings differ; a member that was not there yet has no before. */
export function settingsDifferences(
  before: Partial<ReservationSettings>,
  after: ReservationSettings,
): SettingDifference[] {
  return MEMBERS.flatMap((member) => {
    const [was, is] = [before[member], after[member]];
    if (was !== undefined && canonicalJson(was) === canonicalJson(is)) return [];
    return [{ member, ...(was === undefined ? {} : { before: was }), after: is }];
  });
}
