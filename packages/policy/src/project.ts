import type {
  Disclosure,
  DisclosureFields,
  EntityOf,
  FieldClassVisibility,
  ProjectionOf,
} from '@madoguchi/contracts';
import { applyMask } from './masks.ts';

/**
 * The part of an entity that policy lets through. Only declared fields are read, so a column that was
 * added to a table and not to the disclosure stays where it is.
 */
export function project<F extends DisclosureFields>(
  disclosure: Disclosure<F>,
  entity: EntityOf<F>,
  classes: FieldClassVisibility,
): ProjectionOf<F> {
  const shown: Record<string, unknown> = {};
  const maskedFields: string[] = [];
  for (const [name, { fieldClass, whenMasked }] of Object.entries(disclosure.fields)) {
    const visibility = fieldClass === 'open' ? 'show' : classes[fieldClass];
    if (visibility === 'show') shown[name] = entity[name];
    if (visibility !== 'mask') continue;
    const masked = applyMask(whenMasked, entity[name]);
    if (masked === undefined) continue;
    shown[name] = masked;
    if (whenMasked !== 'keep') maskedFields.push(name);
  }
  return { ...shown, maskedFields } as ProjectionOf<F>;
}

/** Field classes of which a projection shows something; what the audit entry names. */
export function classesShown<F extends DisclosureFields>(
  disclosure: Disclosure<F>,
  projection: ProjectionOf<F>,
) {
  const classes = Object.entries(disclosure.fields)
    .filter(([name]) => projection[name] !== undefined)
    .map(([, field]) => field.fieldClass);
  return [...new Set(classes)].filter((fieldClass) => fieldClass !== 'open');
}
