import type { Query } from '@madoguchi/database';
import type { TelephoneCall } from '../domain/telephone-call.ts';

export type CallRow = TelephoneCall & { id: string };

const COLUMNS = `c.id, c.state, c.direction, c.from_number AS "fromNumber", c.to_number AS "toNumber",
  c.queue, c.language, c.extension`;

const undefinedForNull = (row: Record<string, unknown>): CallRow =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, value === null ? undefined : value]),
  ) as CallRow;

/** The call a telephone system speaks of under one of these ids, locked. */
export async function findCallByKey(
  query: Query,
  keys: readonly string[],
): Promise<CallRow | undefined> {
  const [row] = await query(
    `SELECT ${COLUMNS} FROM telephone_call c JOIN call_key k ON k.call_id = c.id
     WHERE k.key = ANY($1::text[]) ORDER BY c.started_at DESC LIMIT 1 FOR UPDATE OF c`,
    [keys],
  );
  return row && undefinedForNull(row);
}

/** A call of this number that has not ended: some senders end a call under another id than it began. */
export async function findLiveCallOfNumber(
  query: Query,
  fromNumber: string,
  since: Date,
): Promise<CallRow | undefined> {
  const [row] = await query(
    `SELECT ${COLUMNS} FROM telephone_call c
     WHERE c.from_number = $1 AND c.state <> 'ended' AND c.started_at > $2
     ORDER BY c.started_at DESC LIMIT 1 FOR UPDATE`,
    [fromNumber, since],
  );
  return row && undefinedForNull(row);
}

export async function saveCall(query: Query, call: CallRow, at: Date): Promise<void> {
  await query(
    `INSERT INTO telephone_call (id, state, direction, from_number, to_number, queue, language, extension, started_at, ended_at)
     VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $2 = 'ended' THEN $9::timestamptz END)
     ON CONFLICT (id) DO UPDATE SET state = $2, from_number = $4, to_number = $5, queue = $6, language = $7,
       extension = $8, ended_at = COALESCE(telephone_call.ended_at, CASE WHEN $2 = 'ended' THEN $9::timestamptz END)`,
    [
      call.id,
      call.state,
      call.direction,
      call.fromNumber ?? null,
      call.toNumber ?? null,
      call.queue ?? null,
      call.language ?? null,
      call.extension ?? null,
      at,
    ],
  );
}

export async function rememberKey(query: Query, key: string, callId: string): Promise<void> {
  await query(`INSERT INTO call_key (key, call_id) VALUES ($1, $2::uuid) ON CONFLICT DO NOTHING`, [
    key,
    callId,
  ]);
}

/** Serialises the events of one call, also before its row exists. */
export async function lockKey(query: Query, key: string): Promise<void> {
  await query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 11))`, [key]);
}
