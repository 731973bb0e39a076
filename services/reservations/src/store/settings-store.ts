import type { ReservationSettings } from '@madoguchi/contracts';
import { WEEKDAYS } from '@madoguchi/contracts';
import type { Query } from '@madoguchi/database';

type SettingsRow = Omit<ReservationSettings, 'callingWeekdays'> & { callingWeekdays: number[] };
export type SettingChange = {
  revision: number;
  before: Partial<ReservationSettings>;
  after: ReservationSettings;
  reason: string;
  changedBy: string;
  changedAt: Date;
};

/** How far back the history is shown, changes. */
const SHOWN_CHANGES = 100;

/** One change after another. */
export const lockSettings = (query: Query): Promise<unknown> =>
  query('SELECT 1 FROM waitlist_setting, session_setting FOR UPDATE');

export async function readSettings(query: Query): Promise<ReservationSettings> {
  const [row] = await query<SettingsRow>(
    `SELECT w.calling_from AS "callingFrom", w.calling_to AS "callingTo", w.calling_weekdays AS "callingWeekdays",
       w.calls_on_holidays AS "callsOnHolidays",
       ARRAY(SELECT day::text FROM unnest(w.closed_days) day ORDER BY day) AS "closedDays",
       w.phone_minutes AS "phoneMinutes", w.web_minutes AS "webMinutes", w.shortest_minutes AS "shortestMinutes",
       w.offers_to_miss AS "offersToMiss", s.days_ahead AS "sessionDaysAhead"
     FROM waitlist_setting w, session_setting s`,
  );
  if (!row) throw new Error('the settings are gone');
  const callingWeekdays = WEEKDAYS.filter((_, place) => row.callingWeekdays.includes(place));
  return { ...row, callingWeekdays };
}

/** Changes of the settings, newest first. */
export const settingChanges = (query: Query): Promise<SettingChange[]> =>
  query<SettingChange>(
    `SELECT revision, before, after, reason, changed_by AS "changedBy", changed_at AS "changedAt"
     FROM setting_change ORDER BY revision DESC LIMIT ${SHOWN_CHANGES}`,
  );

export async function settingsRevision(query: Query): Promise<number> {
  const [row] = await query<{ revision: number }>(
    'SELECT coalesce(max(revision), 0)::int AS revision FROM setting_change',
  );
  return row?.revision ?? 0;
}

/** Writes locked settings with the change that they are. */
export async function writeSettings(query: Query, change: SettingChange): Promise<void> {
  const { after } = change;
  await query(
    `UPDATE waitlist_setting SET calling_from = $1, calling_to = $2, calling_weekdays = $3, calls_on_holidays = $4,
       closed_days = $5::date[], phone_minutes = $6, web_minutes = $7, shortest_minutes = $8, offers_to_miss = $9`,
    [
      after.callingFrom,
      after.callingTo,
      after.callingWeekdays.map((day) => WEEKDAYS.indexOf(day)),
      after.callsOnHolidays,
      after.closedDays,
      after.phoneMinutes,
      after.webMinutes,
      after.shortestMinutes,
      after.offersToMiss,
    ],
  );
  await query('UPDATE session_setting SET days_ahead = $1', [after.sessionDaysAhead]);
  await query(
    `INSERT INTO setting_change (revision, before, after, reason, changed_by, changed_at)
     VALUES ($1, $2::jsonb, $3::jsonb, $4, $5, $6)`,
    [
      change.revision,
      JSON.stringify(change.before),
      JSON.stringify(after),
      change.reason,
      change.changedBy,
      change.changedAt,
    ],
  );
}
