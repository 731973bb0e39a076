import { readFileSync } from 'node:fs';
import {
  checkParsePolicySet,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { ActorClaims, FieldClassVisibility, Purpose, Role } from '@madoguchi/contracts';
import { FIELD_CLASSES } from '@madoguchi/contracts';

/** Version of the rules; an actor token that carries another one has to be renewed first. */
export const POLICY_VERSION = '2026-11-1';

/** A second factor counts as fresh for this long. */
export const STEP_UP_FRESH_MS = 5 * 60_000;

export type DisclosureQuestion = {
  actor: Pick<
    ActorClaims,
    'role' | 'terminalEnrolled' | 'withinHours' | 'policyVersion' | 'stepUpAt'
  >;
  purpose: Purpose;
  /** A verified person of this case and purpose: true only with a live grant, or when one is being made. */
  hasGrant: boolean;
  residentProtected: boolean;
  approvedBySecondPerson: boolean;
  now: Date;
};

export type Policy = {
  readonly version: string;
  /** What of a resident may be seen, per field class. */
  decideFieldClasses(question: DisclosureQuestion): FieldClassVisibility;
};

const read = (name: string): string =>
  readFileSync(new URL(`../policies/${name}`, import.meta.url), 'utf8');

/** Machines and residents have no terminal of ours. */
const TERMINAL_FREE: readonly Role[] = ['phone-agent', 'resident', 'service'];

type CedarContext = {
  purpose: string;
  hasGrant: boolean;
  terminalEnrolled: boolean;
  withinHours: boolean;
  inForce: boolean;
  protected: boolean;
  steppedUp: boolean;
  approvedBySecondPerson: boolean;
};

/** Was a second factor given recently enough? */
export function isSteppedUp(actor: { stepUpAt?: number | undefined }, now: Date): boolean {
  if (actor.stepUpAt === undefined) return false;
  const age = now.getTime() - actor.stepUpAt * 1000;
  return age >= -5_000 && age <= STEP_UP_FRESH_MS;
}

function contextOf(question: DisclosureQuestion): CedarContext {
  const { actor, now } = question;
  return {
    purpose: question.purpose,
    hasGrant: question.hasGrant,
    terminalEnrolled: actor.terminalEnrolled || TERMINAL_FREE.includes(actor.role),
    withinHours: actor.withinHours,
    inForce: actor.policyVersion === POLICY_VERSION,
    protected: question.residentProtected,
    steppedUp: isSteppedUp(actor, now),
    approvedBySecondPerson: question.approvedBySecondPerson,
  };
}

function allows(
  action: 'show' | 'mask',
  resource: string,
  asked: { role: Role; context: CedarContext },
) {
  const answer = statefulIsAuthorized({
    principal: { type: 'Role', id: asked.role },
    action: { type: 'Action', id: action },
    resource: { type: 'FieldClass', id: resource },
    context: asked.context,
    preparsedPolicySetId: 'disclosure',
    preparsedSchemaName: 'disclosure',
    validateRequest: false,
    entities: [],
  });
  if (answer.type === 'failure')
    throw new Error(`policy: ${answer.errors[0]?.message ?? 'failed'}`);
  return answer.response.decision === 'allow';
}

/** Parses and validates the policy files; throws with the reason when they do not hold together. */
export function createPolicy(): Policy {
  const staticPolicies = read('disclosure.cedar');
  const schema = read('schema.cedarschema');
  for (const answer of [
    checkParsePolicySet({ staticPolicies }),
    preparsePolicySet('disclosure', { staticPolicies }),
    preparseSchema('disclosure', schema),
  ])
    if (answer.type === 'failure') throw new Error(`policy: ${JSON.stringify(answer.errors)}`);
  const checked = validate({ schema, policies: { staticPolicies } });
  if (checked.type === 'failure' || checked.validationErrors.length > 0)
    throw new Error(`policy does not fit its schema: ${JSON.stringify(checked)}`);

  // The context is all that a decision depends on and holds no time, so answers can be kept for good.
  const decided = new Map<string, FieldClassVisibility>();
  return {
    version: POLICY_VERSION,
    decideFieldClasses(question) {
      const asked = { role: question.actor.role, context: contextOf(question) };
      const key = JSON.stringify(asked);
      const known = decided.get(key);
      if (known) return known;
      const classes = Object.fromEntries(
        FIELD_CLASSES.map((fieldClass) => [
          fieldClass,
          allows('show', fieldClass, asked)
            ? 'show'
            : allows('mask', fieldClass, asked)
              ? 'mask'
              : 'none',
        ]),
      ) as FieldClassVisibility;
      decided.set(key, classes);
      return classes;
    },
  };
}
