import { AUDIT_ACTIONS, AuditEntry } from '@madoguchi/contracts';
import { newId } from '@madoguchi/kernel';
import { describe, expect, it } from 'vitest';
import { AUDIT_COLUMNS, auditCsvLine } from './audit-csv.ts';
import { fhirAuditEvent } from './fhir-audit-event.ts';

const place = { position: 7, hash: 'ab'.repeat(32) };
const resident = newId();
const entry = (more: object = {}) =>
  AuditEntry.parse({
    id: newId(),
    writer: 'registry',
    seq: 3,
    at: '2026-11-23T09:00:00.000+09:00',
    municipalityCode: '131237',
    actorId: 'operator-1',
    role: 'operator',
    correlationId: newId(),
    action: 'disclosure',
    operation: 'registry.reveal-resident',
    outcome: 'done',
    residents: [resident],
    fieldClasses: ['name', 'birth'],
    purpose: 'reservation',
    ...more,
  });

describe('an entry as a FHIR R4 AuditEvent', () => {
  it('says who looked at whom, what for, with which outcome', () => {
    expect(fhirAuditEvent(entry(), place)).toMatchObject({
      resourceType: 'AuditEvent',
      type: { code: '110110' },
      action: 'R',
      outcome: '0',
      recorded: '2026-11-23T09:00:00.000+09:00',
      purposeOfEvent: [{ coding: [{ code: 'reservation' }] }],
      agent: [{ who: { identifier: { value: 'operator-1' } }, requestor: true }],
      source: { observer: { identifier: { value: 'registry' } } },
      entity: [
        { what: { identifier: { value: resident } }, type: { code: '1' }, role: { code: '1' } },
        { detail: [{ type: 'fieldClasses' }, { type: 'hash', valueString: place.hash }] },
      ],
    });
  });

  it('has what the resource requires, in every kind of entry', () => {
    for (const action of AUDIT_ACTIONS)
      for (const outcome of ['done', 'refused', 'failed']) {
        const event = fhirAuditEvent(entry({ action, outcome, residents: [] }), place);
        expect(event.type.code).toMatch(/^1101\d\d$/u);
        expect(['C', 'R', 'U', 'D', 'E']).toContain(event.action);
        expect(event.outcome).toBe({ done: '0', refused: '4', failed: '8' }[outcome]);
        expect(event.agent).toHaveLength(1);
        // FHIR knows no empty list, text or null.
        expect(JSON.stringify(event)).not.toMatch(/\[\]|""|null/u);
      }
  });
});

describe('an entry as CSV', () => {
  it('has a cell a column, and quotes what would break a line', () => {
    const line = auditCsvLine(entry({ detail: { words: 'a,"b"' }, residents: [] }), place);
    expect(line.startsWith('7,')).toBe(true);
    expect(line).toContain(String.raw`"{""words"":""a,\""b\""""}"`);
    const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/gu)?.filter((one) => one !== '');
    expect(cells).toHaveLength(AUDIT_COLUMNS.length);
  });

  it('is no formula in any spreadsheet (B18)', () => {
    for (const organisation of ['=1+1', '+1', '-1', '@x'])
      expect(auditCsvLine(entry({ organisation }), place)).toContain(`,'${organisation},`);
  });
});
