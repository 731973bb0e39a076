import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { KeyHint } from '../design/key-hint.tsx';
import type { Line, Session } from '../gateway/gateway.ts';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { callMessages } from '../messages/call-messages.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { roleNames } from '../messages/names.ts';
import type { Screen, ScreenName } from './screens.ts';

type TopBarProps = {
  session: Session;
  screens: readonly Screen[];
  current: ScreenName | undefined;
  /** A case is on this person's call desk. */
  calling: boolean;
  line: Line;
  onHelp: () => void;
  onSignOut: () => void;
};

export function TopBar(props: TopBarProps): ReactNode {
  const { session, screens, current, calling, line, onHelp, onSignOut } = props;
  const { language, setLanguage, t } = useLanguage();
  return (
    <header className="top-bar">
      <div className="top-bar__brand">
        <strong>{t(general.product)}</strong>
        <span className="top-bar__city">
          {t(general.city)}
          <span className="top-bar__centre"> {t(general.centre)}</span>
        </span>
      </div>
      <nav className="top-bar__screens" aria-label={t(general.screens)}>
        {screens.map((screen) => (
          <a
            key={screen.name}
            href={`#/${screen.path}`}
            className="top-bar__screen"
            aria-current={screen.name === current ? 'page' : undefined}
            aria-keyshortcuts={SHORTCUTS[screen.shortcut].aria}
          >
            {t(screen.title)}
            {calling && screen.name === 'callDesk' ? (
              <span
                className="top-bar__calling"
                role="img"
                aria-label={t(callMessages.currentCall)}
              />
            ) : null}
            <KeyHint>{SHORTCUTS[screen.shortcut].label}</KeyHint>
          </a>
        ))}
      </nav>
      <div className="top-bar__end">
        <LineMark line={line} />
        <Who session={session} />
        <Button kind="quiet" hint="F1" onClick={onHelp}>
          {t(general.shortcuts)}
        </Button>
        <Button
          kind="quiet"
          lang={language === 'ja' ? 'en' : 'ja'}
          onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
        >
          {t(general.otherLanguage)}
        </Button>
        <Button kind="quiet" onClick={onSignOut}>
          {t(general.signOut)}
        </Button>
      </div>
    </header>
  );
}

function LineMark({ line }: { line: Line }): ReactNode {
  const { t } = useLanguage();
  const connected = line === 'connected';
  return (
    <span className={`line-mark${connected ? '' : ' line-mark--broken'}`} role="status">
      <span className="line-mark__dot" aria-hidden="true" />
      <span className="line-mark__text">
        {t(connected ? general.connected : general.reconnecting)}
      </span>
    </span>
  );
}

function Who({ session }: { session: Session }): ReactNode {
  const { t } = useLanguage();
  const { worker } = session;
  const role = t(roleNames[worker.role]);
  const extension =
    worker.extension === undefined
      ? ''
      : `・${t(general.extension, { extension: worker.extension })}`;
  return (
    <span className="top-bar__who">
      <strong>{worker.displayName}</strong>
      <span className="top-bar__role">
        {role}
        {extension}
      </span>
    </span>
  );
}
