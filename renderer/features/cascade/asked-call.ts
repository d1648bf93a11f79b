import type { CascadeAssumptions, Shock } from '../../../main/domain/scenario.ts';
import type { StressPanelProps } from './stress-panel-props.ts';

/** What a job about one shock is asked. */
export type AskedCall = { readonly scenarioSetId: string; readonly shock: Shock; readonly cascade: CascadeAssumptions };

/** The shock and assumptions of the bar as the input of a job, so that every panel answers the same question. */
export function askedCall({ analysis, stress }: Pick<StressPanelProps, 'analysis' | 'stress'>): AskedCall {
  return { scenarioSetId: analysis.scenarioSetId, shock: stress.question.shock, cascade: stress.question.assumptions };
}
