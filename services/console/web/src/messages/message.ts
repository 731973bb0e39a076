/** A text of the screens in both languages; a missing one does not compile. */
export type Message<Ja extends string = string> = { readonly ja: Ja; readonly en: string };

/** Names in braces of a Japanese text, e.g. `'残り {count} 回'` → `'count'`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

export type MessageTable = Record<string, Message>;
export type Language = 'ja' | 'en';
export type Values<Ja extends string> = Record<Placeholders<Ja>, string | number>;

/** Keeps the literal texts, so that their placeholders are checked where they are used. */
export function messages<const Table extends MessageTable>(table: Table): Table {
  return table;
}

/** The text in one language with its placeholders filled. */
export function render<Ja extends string>(
  message: Message<Ja>,
  language: Language,
  values?: Values<Ja>,
): string {
  const text: string = message[language];
  if (values === undefined) return text;
  const all: Record<string, string | number> = values;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(all[name] ?? whole));
}
