import { useId } from 'react';
import type { ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';

type PanelProps = {
  title: string;
  hint?: string;
  aside?: ReactNode;
  /** Extra class that places the panel in its screen's grid. */
  place?: string;
  /** The body scrolls on its own and must then be reachable by keyboard. */
  scrolls?: boolean;
  children: ReactNode;
};

/** A titled area whose size comes from the grid, never from what it holds. */
export function Panel({ title, hint, aside, place, scrolls, children }: PanelProps): ReactNode {
  const id = useId();
  return (
    <section className={`panel${place === undefined ? '' : ` ${place}`}`} aria-labelledby={id}>
      <div className="panel__head">
        <h2 className="panel__title" id={id}>
          {title}
        </h2>
        {hint === undefined ? null : <KeyHint>{hint}</KeyHint>}
        {aside === undefined ? null : <div className="panel__aside">{aside}</div>}
      </div>
      <div
        className="panel__body"
        {...(scrolls === true ? { tabIndex: 0, role: 'group', 'aria-labelledby': id } : {})}
      >
        {children}
      </div>
    </section>
  );
}
