import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { render } from './message.ts';
import type { Language, Message, Values } from './message.ts';

type Speech = {
  language: Language;
  setLanguage: (language: Language) => void;
  /** The text in the language of the screen. */
  t: <Ja extends string>(message: Message<Ja>, values?: Values<Ja>) => string;
};

const LanguageContext = createContext<Speech | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>('ja');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      setLanguage,
      t: (message, values) => render(message, language, values),
    }),
    [language],
  );
  return <LanguageContext value={speech}>{children}</LanguageContext>;
}

export function useLanguage(): Speech {
  const speech = useContext(LanguageContext);
  if (speech === undefined) throw new Error('no LanguageProvider above this component');
  return speech;
}
