import type { KeyObject } from 'node:crypto';
import { createHmac, hash } from 'node:crypto';
import type { CopyCell, Transaction } from '@madoguchi/database';
import { copyCells } from '@madoguchi/database';
import { KEYS_VERSION } from '../domain/search-keys.ts';
import type { ResidentRecord } from '../domain/resident-row.ts';

/** A read row with what is computed from it beside the rules of the register. */
type Staged = Omit<ResidentRecord, 'residency'> & {
  residency: string;
  protected: boolean;
  telephoneDigests: string[];
  rowDigest: string;
  keysVersion: number;
};

type Field = readonly [keyof Staged, column: string, type: string];

/** Columns of a resident that a row fills, in the names of the record: the register's items … */
const ITEMS: readonly Field[] = [
  ['addresseeNumber', 'addressee_number', 'text'],
  ['name', 'name', 'text'],
  ['nameKana', 'name_kana', 'text'],
  ['alias', 'alias', 'text'],
  ['jointlyWrittenName', 'jointly_written_name', 'text'],
  ['sex', 'sex', 'text'],
  ['dateOfBirth', 'date_of_birth', 'text'],
  ['birthDay', 'birth_day', 'date'],
  ['residentKind', 'resident_kind', 'text'],
  ['householdNumber', 'household_number', 'text'],
  ['postalCode', 'postal_code', 'text'],
  ['address', 'address', 'text'],
  ['buildingLine', 'building_line', 'text'],
  ['previousAddress', 'previous_address', 'text'],
  ['moveOutDestinationAddress', 'move_out_destination_address', 'text'],
  ['residencyEventReason', 'residency_event_reason', 'text'],
  ['residencyEventDate', 'residency_event_date', 'date'],
  ['notificationDate', 'notification_date', 'date'],
  ['removalType', 'removal_type', 'text'],
  ['removalDate', 'removal_date', 'date'],
  ['residencyKind', 'residency_kind', 'text'],
  ['removalKind', 'removal_kind', 'text'],
  ['telephones', 'telephones', 'text[]'],
  ['nationalityOrRegion', 'nationality_or_region', 'text'],
  ['residencePermissionCategory', 'residence_permission_category', 'text'],
  ['statusOfResidence', 'status_of_residence', 'text'],
  ['periodOfStay', 'period_of_stay', 'text'],
  ['periodOfStayExpiry', 'period_of_stay_expiry', 'text'],
  ['restrictions', 'restrictions', 'text[]'],
  ['remarks', 'remarks', 'text'],
  ['restricted', 'restricted', 'boolean'],
];
/** … and what is derived from them. */
const DERIVED: readonly Field[] = [
  ['telephoneDigests', 'telephone_digests', 'text[]'],
  ['protected', 'protected', 'boolean'],
  ['nameKeys', 'name_keys', 'text[]'],
  ['kanaKey', 'kana_key', 'text'],
  ['kanaLoose', 'kana_loose', 'text'],
  ['kanaFamily', 'kana_family', 'text'],
  ['kanaGiven', 'kana_given', 'text'],
  ['placeBlock', 'place_block', 'text'],
  ['placeKey', 'place_key', 'text'],
  ['keysVersion', 'keys_version', 'int'],
  ['residency', 'residency', 'jsonb'],
  ['rowDigest', 'row_digest', 'text'],
];
const COLUMNS: readonly (readonly [column: string, type: string])[] = [
  ...[...ITEMS, ...DERIVED].map(([, column, type]) => [column, type] as const),
  ['content_digest', 'text'],
];
export const STAGED_COLUMNS: readonly string[] = COLUMNS.map(([column]) => column);

/** Rows of one lot; gone with its transaction. */
const CREATE_STAGE = `CREATE TEMP TABLE import_row (${COLUMNS.map(
  ([column, type]) => `${column} ${type}`,
).join(', ')}) ON COMMIT DROP`;
const COPY_STAGE = `COPY import_row (${STAGED_COLUMNS.join(', ')}) FROM STDIN`;

/** Lays the lines of one lot where they are merged from, for the time of this transaction. */
export async function stageLines(tx: Transaction, lines: Iterable<string>): Promise<void> {
  await tx.query(CREATE_STAGE);
  await tx.copy(COPY_STAGE, lines);
}

/**
 * One line for the stage.
 * @param rowDigest digest of the cells as they came, by which the row is known again
 * @param lookupKey key of the digests of telephone numbers
 */
export function stagedLine(
  record: ResidentRecord,
  rowDigest: string,
  lookupKey: KeyObject,
): string {
  const staged: Staged = {
    ...record,
    residency: JSON.stringify(record.residency),
    protected: record.restricted,
    telephoneDigests: record.telephones.map((number) =>
      createHmac('sha256', lookupKey).update(number).digest('base64url'),
    ),
    rowDigest,
    keysVersion: KEYS_VERSION,
  };
  const items = copyCells(ITEMS.map(([field]): CopyCell => staged[field]));
  // What tells a person's items from others; keys derived from them are left out.
  const contentDigest = hash('sha256', items, 'base64url');
  const derived = copyCells(DERIVED.map(([field]): CopyCell => staged[field]));
  return `${items}\t${derived}\t${contentDigest}\n`;
}
