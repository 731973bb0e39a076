import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';

type DialogProps = {
  title: string;
  /** Asked for by Esc; a dialog that must be answered leaves it out. */
  onClose?: () => void;
  children: ReactNode;
};

/**
 * A modal over the screen. The browser's own dialog keeps the focus inside and gives it back to where
 * it was.
 */
export function Dialog({ title, onClose, children }: DialogProps): ReactNode {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        // A file input tells by the same event that nothing was chosen.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        // The browser lets a second Esc through whatever `cancel` says.
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
          event.preventDefault();
          event.stopPropagation();
          onClose?.();
        }
      }}
    >
      <h2 className="dialog__head" id={id}>
        {title}
      </h2>
      <div className="dialog__body">{children}</div>
    </dialog>
  );
}
