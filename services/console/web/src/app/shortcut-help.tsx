import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { KeyHint } from '../design/key-hint.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { general } from '../messages/general-messages.ts';
import { useLanguage } from '../messages/language.tsx';

const PLAIN_KEYS = [
  { keys: ['Tab', 'Shift+Tab'], name: general.keyMove },
  { keys: ['↑', '↓', '1–9'], name: general.keyChoose },
  { keys: ['Enter'], name: general.keyConfirm },
  { keys: ['Esc'], name: general.keyBack },
] as const;

export function ShortcutHelp({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useLanguage();
  return (
    <Dialog title={t(general.shortcutsTitle)} onClose={onClose}>
      <dl className="shortcut-list">
        {Object.values(SHORTCUTS).map((shortcut) => (
          <div key={shortcut.label}>
            <dt>
              <KeyHint>{shortcut.label}</KeyHint>
              <span className="visually-hidden">{shortcut.label}</span>
            </dt>
            <dd>{t(shortcut.name)}</dd>
          </div>
        ))}
        {PLAIN_KEYS.map(({ keys, name }) => (
          <div key={keys[0]}>
            <dt>
              {keys.map((key) => (
                <KeyHint key={key}>{key}</KeyHint>
              ))}
              <span className="visually-hidden">{keys.join(', ')}</span>
            </dt>
            <dd>{t(name)}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog__actions">
        <Button hint="Esc" onClick={onClose}>
          {t(general.close)}
        </Button>
      </div>
    </Dialog>
  );
}
