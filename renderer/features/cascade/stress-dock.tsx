import { type ReactElement, useMemo, useState } from 'react';
import { PanelTabs } from '../../parts/panel.tsx';
import { Tabs } from '../../parts/switches.tsx';
import type { StressPanelProps } from './stress-panel-props.ts';
import type { StressPlace, StressTab } from './stress-tabs.ts';

type Props = { readonly place: StressPlace; readonly tabs: readonly StressTab[]; readonly panel: StressPanelProps };

/** One place of the screen: a single panel keeps its title, several share the place as tabs. */
export function StressDock({ place, tabs, panel }: Props): ReactElement | null {
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
    <div className={`stress-dock stress-dock-${place}`}>
      <PanelTabs.Provider value={head}>
        <live.Body {...panel} />
      </PanelTabs.Provider>
    </div>
  );
}
