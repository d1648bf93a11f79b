import { type ReactElement, useState } from 'react';
import { Tabs } from '../../parts/switches.tsx';
import type { HedgeTab, HedgeTabProps } from './hedge-tabs.ts';

type Props = Pick<HedgeTabProps, 'analysis' | 'hedge'> & {
  readonly tabs: readonly HedgeTab[];
  readonly label: string;
  readonly className: string;
};

/** One of several panels in the same place; its header holds the tabs. */
export function TabbedPanel({ tabs, label, className, analysis, hedge }: Props): ReactElement | null {
  const [chosen, setChosen] = useState(tabs[0]?.id ?? '');
  const tab = tabs.find((each) => each.id === chosen);
  if (tab === undefined) return null;
  const choices = tabs.map(({ id, title }) => ({ value: id, title }));
  const head = <Tabs label={label} choices={choices} value={chosen} onChange={setChosen} />;
  return <tab.Content analysis={analysis} hedge={hedge} head={head} className={className} />;
}
