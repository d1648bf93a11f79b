import type { ReactElement } from 'react';
import { SurplusPanel } from '../../parts/surplus/surplus-panel.tsx';
import type { StressPanelProps } from './stress-panel-props.ts';

/** Whether the whole loses more than its parts at the shock of the bar. */
export function PartsPanel({ analysis, stress }: StressPanelProps): ReactElement {
  return <SurplusPanel scenarioSetId={analysis.scenarioSetId} {...stress.question} />;
}
