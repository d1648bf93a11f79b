import type { LegSurvival, SuggestionSurvival } from '../../../contract/hedge-survival.ts';
import {
  lostOfUnit,
  lostScenarios,
  unitsNow,
  type LossContext,
  type SurvivalState,
  type SurvivalStates,
} from '../../../engine/hedge/survival/survival-states.ts';
import { gainOf } from '../../../engine/hedge/packed-candidate.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { shortAccountPenalty } from '../choose-legs.ts';
import type { Pass } from '../passes.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { listText, percentText } from '../words/words.ts';
import { subjectOf } from './happening.ts';
import { stateFallsOf } from './state-falls.ts';

/** A state with how much of the gain is left in it, summed over the days on which there is one. */
type Kept = { readonly state: SurvivalState; gainUsd: number; keptUsd: number };

/**
 * What is left of a trade's gain on the worst days where something goes wrong; null for a leg that opens no contract, since cash and loans
 * have no gain to lose, or one that gains on none of those days.
 */
export function legSurvivalOf(setting: Setting, pass: Pass, candidate: Candidate): LegSurvival | null {
  const { survival, pack } = setting;
  if (survival === null || candidate.kind !== 'trade' || candidate.isReducing) return null;
  const context: LossContext = { packed: pack.packed, days: pass.outcome.days, survival, nowUsd: unitsNow(pack.packed) };
  const kept = survival.states.map((state): Kept => ({ state, gainUsd: 0, keptUsd: 0 }));
  for (const lost of lostScenarios(pass.outcome.lossesUsd, survival)) {
    const gainUsd = gainOf(pass.outcome.days, candidate, lost.day);
    const at = kept.find(({ state }) => state === lost.state);
    if (at === undefined || gainUsd <= 0) continue;
    at.gainUsd += gainUsd;
    at.keptUsd += Math.max(0, gainUsd - lostOfUnit(context, lost, candidate));
  }
  if (!kept.some(({ gainUsd }) => gainUsd > 0)) return null;
  const shareOf = ({ gainUsd, keptUsd }: Kept): number => (gainUsd > 0 ? Math.min(1, keptUsd / gainUsd) : 1);
  const keptFraction = 1 - kept.reduce((sum, each) => sum + each.state.fraction * (1 - shareOf(each)), 0);
  const losses = kept
    .map((each) => ({ kind: each.state.kind, subject: subjectOf(setting, each.state), keptFraction: shareOf(each) }))
    .filter((each) => each.keptFraction < 1 - 1e-9);
  const ways = losses.map((each) => `${percentText(each.keptFraction)} if ${lossWords(each, survival)}`);
  const text = `Keeps ${percentText(keptFraction, 1)} of its gain on the worst ${percentText(survival.stressedFraction)} of days${ways.length === 0 ? '' : `: ${listText(ways)}`}.`;
  return { keptFraction, losses, text };
}

/** What the program weighed beside the days as they were; null where nothing is taken to go wrong. */
export function suggestionSurvivalOf(setting: Setting, pass: Pass): SuggestionSurvival | null {
  if (setting.survival === null) return null;
  return {
    scenarios: pass.built.lost.length,
    idealUsd: pass.programUsd,
    countedUsd: pass.programUsd - pass.choice.expectedShortfallUsd + pass.choice.countedShortfallUsd,
    stated: statedSurvival(setting, setting.survival),
    falls: stateFallsOf(setting, pass),
  };
}

/** What is taken to go wrong, with the numbers that were used. */
export function statedSurvival(setting: Setting, { states, stressedFraction, depegFraction, quietMove }: SurvivalStates): string[] {
  const named = (kind: SurvivalState['kind']): readonly SurvivalState[] => states.filter((state) => state.kind === kind);
  const said = (kind: SurvivalState['kind'], what: string): string[] => {
    const [first] = named(kind);
    if (first === undefined) return [];
    const each = named(kind).length === 1 ? '' : ' each';
    return [
      `On a day among the worst ${percentText(stressedFraction)}, with probability ${percentText(first.fraction, 1)}${each}, ${eitherOf(named(kind).map((state) => subjectOf(setting, state)))} ${what}`,
    ];
  };
  return [
    ...said('frozen', 'halts, and nothing gained there can be taken out.'),
    ...said(
      'deleveraged',
      `closes gaining futures against bankrupt ones once the move passes ${percentText(quietMove)}; options are kept.`,
    ),
    ...said('depegged', `is worth ${percentText(depegFraction)} less, and so is a gain that is paid in it.`),
    ...(states.length === 0
      ? []
      : [
          `A dollar that an account lacks in such a state counts as its probability times the ${shortAccountPenalty} dollars that one lacking for certain counts as; a dollar of comfort as ${hedgeAssumptions.comfortPrice}. What a deleveraged position requires is not freed, and what is owed in a depegged coin is not worth less.`,
        ]),
  ];
}

/** 'A', 'A or B', 'A, B or C'. */
function eitherOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

function lossWords({ kind, subject }: LegSurvival['losses'][number], { depegFraction }: SurvivalStates): string {
  switch (kind) {
    case 'frozen':
      return `${subject} halts`;
    case 'deleveraged':
      return `${subject} deleverages it`;
    case 'depegged':
      return `${subject} is worth ${percentText(depegFraction)} less`;
  }
}
