import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useId, useRef, useState } from 'react';
import { PanelBoundary } from './panel-boundary.tsx';

export type PanelProps = {
  readonly title: ReactNode;
  /** Unit, sort or meaning, in one line. */
  readonly caption?: ReactNode;
  /** Right side of the header: chip, switch, buttons. */
  readonly actions?: ReactNode;
  /** Takes the place of title and caption: tabs. */
  readonly head?: ReactNode;
  readonly foot?: ReactNode;
  readonly className?: string;
  /** Whether the body has the panel's padding; grids and charts fill it to the edge. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
};

/** Tabs that a dock puts in the place of title and caption of whichever panel it shows; null = the panel keeps its own. */
export const PanelTabs = createContext<ReactNode>(null);

/**
 * A docking panel: header of 30 px, body, optional foot. It is a region with the title as its name, F6 walks from panel to
 * panel, and a rendering error inside it stays inside it.
 */
export function Panel(props: PanelProps): ReactElement {
  const id = useId();
  const tabs = useContext(PanelTabs);
  const head = props.head ?? tabs ?? undefined;
  return (
    <section
      className={`panel${props.className === undefined ? '' : ` ${props.className}`}`}
      aria-labelledby={id}
      tabIndex={-1}
      data-panel=""
    >
      <header className="panel-header">
        {head === undefined ? (
          <>
            <h2 className="panel-title" id={id}>
              {props.title}
            </h2>
            {props.caption !== undefined && <span className="panel-caption">{props.caption}</span>}
          </>
        ) : (
          <>
            <h2 className="visually-hidden" id={id}>
              {props.title}
            </h2>
            {head}
            {props.caption !== undefined && <span className="panel-caption">{props.caption}</span>}
          </>
        )}
        {props.actions !== undefined && <div className="panel-actions">{props.actions}</div>}
      </header>
      <PanelTabs.Provider value={null}>
        <PanelBody isFlush={props.isFlush === true}>{props.children}</PanelBody>
      </PanelTabs.Provider>
      {props.foot !== undefined && <footer className="panel-foot">{props.foot}</footer>}
    </section>
  );
}

/** The scrolling part. Where it scrolls and holds nothing that takes the focus, it takes it itself, so that the keys can scroll it. */
function PanelBody({ isFlush, children }: { readonly isFlush: boolean; readonly children: ReactNode }): ReactElement {
  const body = useRef<HTMLDivElement>(null);
  const [isStop, setIsStop] = useState(false);
  useEffect(() => {
    const element = body.current;
    if (element === null) return;
    // The size is asked last: asking makes the browser lay out at once, and a grid that scrolls changes with every frame.
    const measure = (): void => setIsStop(element.querySelector(FOCUSABLE) === null && element.scrollHeight > element.clientHeight + 1);
    const resized = new ResizeObserver(measure);
    const changed = new MutationObserver(measure);
    resized.observe(element);
    changed.observe(element, { childList: true, subtree: true });
    return () => {
      resized.disconnect();
      changed.disconnect();
    };
  }, []);
  return (
    <div ref={body} className={isFlush ? 'panel-body panel-flush' : 'panel-body'} {...(isStop ? { tabIndex: 0 } : {})}>
      <PanelBoundary>{children}</PanelBoundary>
    </div>
  );
}

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';
