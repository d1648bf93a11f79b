import { type ComponentType, type ReactElement, useMemo, useState } from 'react';
import { PanelTabs } from './panel.tsx';
import { Tabs } from './switches.tsx';

/** One panel of a dock; what renders a `Panel` gets the tabs in its header by itself. */
export type DockTab<P> = { readonly id: string; readonly title: string; readonly Body: ComponentType<P> };

type Props<P> = { readonly tabs: readonly DockTab<P>[]; readonly panel: P; readonly className: string };

/** One place of a screen: a single panel keeps its title, several share the place as tabs. */
export function Dock<P extends object>({ tabs, panel, className }: Props<P>): ReactElement | null {
  const [chosen, setChosen] = useState<string | null>(null);
  const live = tabs.find((tab) => tab.id === chosen) ?? tabs[0];
  const head = useMemo(
    () =>
      tabs.length < 2 || live === undefined ? null : (
        <Tabs
          label={`Panels of ${tabs[0]?.title ?? ''}`}
          choices={tabs.map((tab) => ({ value: tab.id, title: tab.title }))}
          value={live.id}
          onChange={setChosen}
        />
      ),
    [tabs, live],
  );
  if (live === undefined) return null;
  return (
    <div className={`dock ${className}`}>
      <PanelTabs.Provider value={head}>
        <live.Body {...panel} />
      </PanelTabs.Provider>
    </div>
  );
}
