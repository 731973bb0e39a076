import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { AuditLog } from '../audit-log/audit-log.tsx';
import { CallDesk } from '../call-desk/call-desk.tsx';
import { CallbackList } from '../callbacks/callback-list.tsx';
import { CustodyLedger } from '../custody-ledger/custody-ledger.tsx';
import { Notice } from '../design/notice.tsx';
import { firstFocusable } from '../design/first-focusable.ts';
import type { Session } from '../gateway/gateway.ts';
import { GatewayContext, SignedInAgain, useGateway } from '../gateway/gateway-context.tsx';
import { useContextDocument } from '../gateway/use-context-document.ts';
import { withSessionWatch } from '../gateway/with-session-watch.ts';
import { useShortcut } from '../keyboard/use-shortcut.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';
import { RuleScreen } from '../rules/rule-screen.tsx';
import { SessionScreen } from '../sessions/session-screen.tsx';
import { SignInAgain } from '../sign-in/sign-in-again.tsx';
import { SupervisorDesk } from '../supervisor-desk/supervisor-desk.tsx';
import { VenueDayScreen } from '../venue-day/venue-day-screen.tsx';
import { WaitingOverview } from '../waiting-list/waiting-overview.tsx';
import { ReconnectingBar } from './reconnecting-bar.tsx';
import type { ScreenName } from './screens.ts';
import { screensOf } from './screens.ts';
import { ShortcutHelp } from './shortcut-help.tsx';
import { TopBar } from './top-bar.tsx';
import { useScreen } from './use-screen.ts';

/** Every screen by its own key. */
function useScreenKeys(go: (screen: ScreenName) => void): void {
  useShortcut('callDesk', () => go('callDesk'));
  useShortcut('callbacks', () => go('callbacks'));
  useShortcut('venueDay', () => go('venueDay'));
  useShortcut('waitingOverview', () => go('waitingOverview'));
  useShortcut('sessions', () => go('sessions'));
  useShortcut('rules', () => go('rules'));
  useShortcut('supervisorDesk', () => go('supervisorDesk'));
  useShortcut('auditLog', () => go('auditLog'));
  useShortcut('custodyLedger', () => go('custodyLedger'));
}

type WorkplaceProps = {
  session: Session;
  onSignedOut: () => void;
  onSession: (session: Session) => void;
};

/**
 * All screens of one signed-in person. The call desk stays mounted while another screen is open, and
 * an ended session only lays a dialog over it, so that nothing typed is lost.
 */
export function Workplace({ session, onSignedOut, onSession }: WorkplaceProps): ReactNode {
  const { t } = useLanguage();
  const plain = useGateway();
  const [expired, setExpired] = useState(false);
  const [gateway] = useState(() => withSessionWatch(plain, () => setExpired(true)));
  const [again, setAgain] = useState(0);
  const [help, setHelp] = useState(false);
  const live = useContextDocument(gateway);
  const { role } = session.worker;
  const screens = screensOf(role);
  const [current, go] = useScreen(screens);

  useShortcut('help', () => setHelp(true));
  useScreenKeys(go);

  const screen = useRef<HTMLElement>(null);
  useEffect(() => {
    // The call desk places its own focus, since it depends on whether a case is there.
    if (current !== 'callDesk') firstFocusable(screen.current)?.focus();
  }, [current]);

  const signOut = (): void => {
    void plain.signOut().then(onSignedOut);
  };
  return (
    <GatewayContext value={gateway}>
      <SignedInAgain value={again}>
        <div className="workplace">
          <TopBar
            {...{ session, screens, current, line: live.line }}
            calling={!['closed', undefined].includes(live.document?.case?.state)}
            onHelp={() => setHelp(true)}
            onSignOut={signOut}
          />
          <main className="workplace__screen" ref={screen}>
            {screens.length === 0 ? <Notice tone="warn">{t(general.noScreen)}</Notice> : null}
            {screens.some(({ name }) => name === 'callDesk') ? (
              <CallDesk live={live} role={role} active={current === 'callDesk'} />
            ) : null}
            {current === 'callbacks' ? (
              <CallbackList {...{ role, live }} onGoToCase={() => go('callDesk')} />
            ) : null}
            {current === 'venueDay' ? <VenueDayScreen {...{ session, live }} /> : null}
            {current === 'waitingOverview' ? <WaitingOverview /> : null}
            {current === 'rules' ? <RuleScreen role={role} /> : null}
            {current === 'sessions' ? <SessionScreen role={role} /> : null}
            {current === 'supervisorDesk' ? (
              <SupervisorDesk session={session} live={live} onGoToCase={() => go('callDesk')} />
            ) : null}
            {current === 'auditLog' ? <AuditLog /> : null}
            {current === 'custodyLedger' ? <CustodyLedger role={role} /> : null}
          </main>
          <ReconnectingBar line={live.line} />
        </div>
      </SignedInAgain>
      {help ? <ShortcutHelp onClose={() => setHelp(false)} /> : null}
      {expired ? (
        <SignInAgain
          login={session.worker.login}
          onSignedIn={(next) => {
            setExpired(false);
            setAgain((times) => times + 1);
            onSession(next);
          }}
          onOther={onSignedOut}
        />
      ) : null}
    </GatewayContext>
  );
}
