import { z } from 'zod';
import type { FieldClass } from './roles.ts';

/**
 * What remains of a field when its class is only masked: `keep` (the class's mask leaves it whole),
 * `drop`, `town` (address reduced to its town), `last-four` (digits).
 */
export type WhenMasked = 'keep' | 'drop' | 'town' | 'last-four';

/** One field of an answer about a resident, with the class that decides who sees it. */
export type ClassifiedField<S extends z.ZodType = z.ZodType> = {
  readonly fieldClass: FieldClass | 'open';
  readonly schema: S;
  readonly whenMasked: WhenMasked;
};

/** Tags a field. A disclosure accepts nothing else, so an untagged field does not compile. */
export function classified<S extends z.ZodType>(
  fieldClass: FieldClass | 'open',
  schema: S,
  whenMasked: WhenMasked = 'drop',
): ClassifiedField<S> {
  return { fieldClass, schema, whenMasked };
}

export type DisclosureFields = Record<string, ClassifiedField>;

/** The whole entity, as its owner knows it, before policy. */
export type EntityOf<F extends DisclosureFields> = { [K in keyof F]: z.output<F[K]['schema']> };

/** The part that policy lets through; `maskedFields` names those that are shortened. */
export type ProjectionOf<F extends DisclosureFields> = Partial<EntityOf<F>> & {
  maskedFields: string[];
};

export type Disclosure<F extends DisclosureFields> = {
  readonly fields: F;
  readonly schema: z.ZodType<ProjectionOf<F>>;
};

/** Declares an answer about a resident: every field optional in the projection, none unknown. */
export function disclosure<F extends DisclosureFields>(fields: F): Disclosure<F> {
  const shape: Record<string, z.ZodType> = { maskedFields: z.array(z.string()) };
  for (const [name, field] of Object.entries(fields)) shape[name] = field.schema.optional();
  return { fields, schema: z.strictObject(shape) as unknown as z.ZodType<ProjectionOf<F>> };
}
