import type { ComponentType, ReactNode } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import type { HedgeResult } from '../../../main/contract/hedge.ts';
import { BacktestPanel } from './backtest/backtest-panel.tsx';
import { AlternativesPanel } from './comparison/alternatives-panel.tsx';
import { FrontierPanel } from './comparison/frontier-panel.tsx';
import { DualsPanel, WrongPanel } from './doubt-panels.tsx';
import { TriggerPanel } from './trigger/trigger-panel.tsx';

/** What a tab below the suggestion gets: the analysis, the suggestion if there is one, and the tabs as the head of its panel. */
export type HedgeTabProps = {
  readonly analysis: AnalysisResult;
  readonly hedge: HedgeResult | null;
  readonly head: ReactNode;
  readonly className: string;
};

/** A tab is a title and the panel it shows. */
export type HedgeTab = { readonly id: string; readonly title: string; readonly Content: ComponentType<HedgeTabProps> };

/** Below the legs: the suggestion beside others. */
export const leftTabs: readonly HedgeTab[] = [
  { id: 'alternatives', title: 'Alternatives', Content: AlternativesPanel },
  { id: 'backtest', title: 'Backtest', Content: BacktestPanel },
  { id: 'trigger', title: 'Trigger orders', Content: TriggerPanel },
  { id: 'wrong', title: 'What could go wrong', Content: WrongPanel },
];

/** Below the accounts: what more money or room would buy. */
export const rightTabs: readonly HedgeTab[] = [
  { id: 'frontier', title: 'Frontier', Content: FrontierPanel },
  { id: 'duals', title: 'What binds', Content: DualsPanel },
];
