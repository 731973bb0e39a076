/** A member of a command that cannot be meant, and why. */
export type ItemFault = { item: string; ja: string; en: string };
