import type { AuditAction, AuditEntry } from '@madoguchi/contracts';

type Coding = { system: string; code: string; display: string };
type Kind = { type: Coding; action: 'C' | 'R' | 'U' | 'D' | 'E' };

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const HL7 = 'http://terminology.hl7.org/CodeSystem';
const OURS = 'urn:madoguchi';

const dicom = (code: string, display: string): Coding => ({ system: DICOM, code, display });
const query = dicom('110112', 'Query');
const record = dicom('110110', 'Patient Record');
const authentication = dicom('110114', 'User Authentication');
const alert = dicom('110113', 'Security Alert');
const importing = dicom('110107', 'Import');
const exporting = dicom('110106', 'Export');
const administration = dicom('110100', 'Application Activity');

/** What each action is in DICOM's list of audit events, and in FHIR's create, read, update, execute. */
const KINDS: Readonly<Record<AuditAction, Kind>> = {
  search: { type: query, action: 'E' },
  verification: { type: query, action: 'E' },
  'verification-refused': { type: query, action: 'E' },
  disclosure: { type: record, action: 'R' },
  change: { type: record, action: 'U' },
  refusal: { type: alert, action: 'E' },
  'sign-in': { type: authentication, action: 'E' },
  'sign-out': { type: authentication, action: 'E' },
  'sign-in-refused': { type: authentication, action: 'E' },
  'step-up': { type: authentication, action: 'E' },
  approval: { type: administration, action: 'E' },
  custody: { type: administration, action: 'E' },
  print: { type: exporting, action: 'R' },
  import: { type: importing, action: 'C' },
  case: { type: administration, action: 'E' },
  administration: { type: administration, action: 'E' },
  'misuse-suspected': { type: alert, action: 'E' },
};

/** FHIR's outcome codes: success, minor failure (a rule said no), serious failure (a fault of ours). */
const OUTCOMES: Readonly<Record<AuditEntry['outcome'], '0' | '4' | '8'>> = {
  done: '0',
  refused: '4',
  failed: '8',
};

const identifier = (kind: string, value: string) => ({
  identifier: { system: `${OURS}:${kind}`, value },
});

const detailOf = (entry: AuditEntry) =>
  Object.entries(entry.detail).map(([type, value]) => ({
    type,
    valueString: Array.isArray(value) ? value.join(' ') : String(value),
  }));

/** Residents by opaque id, the case, and what the entry says of itself. */
function entitiesOf(entry: AuditEntry, position: number, hash: string) {
  const detail = [
    ...detailOf(entry),
    ...(entry.fieldClasses.length > 0
      ? [{ type: 'fieldClasses', valueString: entry.fieldClasses.join(' ') }]
      : []),
  ];
  const person = {
    type: { system: `${HL7}/audit-entity-type`, code: '1', display: 'Person' },
    role: { system: `${HL7}/object-role`, code: '1', display: 'Patient' },
  };
  const other = { type: { system: `${HL7}/audit-entity-type`, code: '4', display: 'Other' } };
  return [
    ...entry.residents.map((id) => ({ what: identifier('resident', id), ...person })),
    ...(entry.caseId === undefined ? [] : [{ what: identifier('case', entry.caseId), ...other }]),
    {
      what: identifier('log-position', String(position)),
      ...other,
      detail: [...detail, { type: 'hash', valueString: hash }],
    },
  ];
}

/** One entry of the log as an AuditEvent resource of FHIR R4 (4.0.1). */
export function fhirAuditEvent(entry: AuditEntry, place: { position: number; hash: string }) {
  const { type, action } = KINDS[entry.action];
  return {
    resourceType: 'AuditEvent' as const,
    id: entry.id,
    type,
    subtype: [{ system: `${OURS}:operation`, code: entry.operation }],
    action,
    recorded: entry.at,
    outcome: OUTCOMES[entry.outcome],
    ...(entry.purpose === undefined
      ? {}
      : { purposeOfEvent: [{ coding: [{ system: `${OURS}:purpose`, code: entry.purpose }] }] }),
    agent: [
      {
        role: [{ coding: [{ system: `${OURS}:role`, code: entry.role }] }],
        who: identifier('actor', entry.actorId),
        requestor: true,
        ...(entry.policyVersion === undefined
          ? {}
          : { policy: [`${OURS}:policy:${entry.policyVersion}`] }),
        ...(entry.terminalId === undefined
          ? {}
          : { network: { address: entry.terminalId, type: '1' } }),
      },
    ],
    source: {
      site: entry.municipalityCode,
      observer: identifier('service', entry.writer),
      type: [
        {
          system: `${HL7}/security-source-type`,
          code: '4',
          display: 'Application Server',
        },
      ],
    },
    entity: entitiesOf(entry, place.position, place.hash),
  };
}
