/** A reason to refuse: its HTTP status, and the sentence in both languages, ready to be read out. */
export type RefusalRow = { status: number; ja: string; en: string };

export const row = (status: number, ja: string, en: string): RefusalRow => ({ status, ja, en });
