import type { DockTab } from '../../parts/dock.tsx';
import { CausesPanel } from './causes/causes-panel.tsx';
import { FallenPanel } from './fallen-panel.tsx';
import { FlowPanel } from './flow/flow-panel.tsx';
import { HeatPanels } from './heat-panel.tsx';
import { FanPanel } from './fan/fan-panel.tsx';
import { PartsPanel } from './parts-panel.tsx';
import { PhasePanel } from './phase/phase-panel.tsx';
import { PolicyPanel } from './policy/policy-panel.tsx';
import { SurvivalPanel } from './policy/survival-panel.tsx';
import { RoundsPanel } from './rounds-panel.tsx';
import type { StressPanelProps } from './stress-panel-props.ts';

/** A dock of the screen: four at 1440 pixels, seven on a wide window. */
export type StressPlace = 'map' | 'rounds' | 'parts' | 'causes' | 'phase' | 'flow' | 'tree';

/** One panel of the Stress screen. Panels of the same place are its tabs, in the order of the list. */
export type StressTab = DockTab<StressPanelProps> & {
  readonly place: StressPlace;
  /** Where it stands on a wide window, if elsewhere. */
  readonly widePlace?: StressPlace;
};

/** Every panel of the screen. A new one is one line. */
export const stressTabs: readonly StressTab[] = [
  { id: 'heat', title: 'Profit and loss', place: 'map', Body: HeatPanels },
  { id: 'phase', title: 'Phase map', place: 'map', widePlace: 'phase', Body: PhasePanel },
  { id: 'rounds', title: 'Cascade', place: 'rounds', Body: RoundsPanel },
  { id: 'flow', title: 'Money flow', place: 'rounds', widePlace: 'flow', Body: FlowPanel },
  { id: 'fan', title: 'Fan', place: 'rounds', widePlace: 'flow', Body: FanPanel },
  { id: 'parts', title: 'Whole and parts', place: 'parts', Body: PartsPanel },
  { id: 'policy', title: 'Policies', place: 'parts', Body: PolicyPanel },
  { id: 'fallen', title: 'What fell, and why', place: 'causes', Body: FallenPanel },
  { id: 'causes', title: 'Root causes', place: 'causes', widePlace: 'tree', Body: CausesPanel },
  { id: 'survival', title: 'Hedges', place: 'causes', widePlace: 'tree', Body: SurvivalPanel },
];

/** The tabs of every place that has any, in the order of the list. */
export function tabsByPlace(tabs: readonly StressTab[], isWide: boolean): ReadonlyMap<StressPlace, readonly StressTab[]> {
  return Map.groupBy(tabs, (tab) => (isWide ? (tab.widePlace ?? tab.place) : tab.place));
}
