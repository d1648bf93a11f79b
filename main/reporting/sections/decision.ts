import type { AccountResult, AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeLeg, HedgeResult } from '../../contract/hedge.ts';
import type { ReportResults } from '../../contract/report-record.ts';
import { surplusChart } from '../charts/surplus-chart.ts';
import { age, figure, millions, money, move, share } from '../format.ts';
import { couplingGauge } from '../gauge.ts';
import { left, number, right, words, type ReportCell, type ReportModel, type ReportSection } from '../report-model.ts';
import { callWarnings, calledWithinDay } from './outlook/outlook.ts';
import { section } from './section.ts';
import { sensitivityRow } from './sensitivities.ts';

/** As many assumptions as stand on the first page. */
const TOP_ASSUMPTIONS = 3;

/** Page 1: what to do, every account before and after, whole against parts, what could go wrong, how sure this is. */
export function decisionSections(results: ReportResults): ReportSection[] {
  return [...decidedSections(results.analysis, results.hedge?.suggestion ?? null), ...whatCouldGoWrong(results), howSure(results)];
}

/** The part of it that is known before anything is tried: what to do, every account before and after, whole against parts. */
export function decidedSections(analysis: AnalysisResult, suggestion: HedgeResult | null): ReportSection[] {
  return [...(suggestion ? [actions(suggestion)] : []), accounts(analysis, suggestion), wholeAgainstParts(analysis, suggestion)];
}

/** Headline, lead and the five figures above them. */
export function decisionHeadline(
  analysis: AnalysisResult,
  suggestion: HedgeResult | null,
): Pick<ReportModel, 'headline' | 'lead' | 'figures'> {
  const { distribution, surplus } = analysis;
  const shortfall = distribution.expectedShortfallUsd;
  const scenarios = `${figure(distribution.scenarios, 0)} days of history`;
  const before = { label: `ES ${share(distribution.confidence)}, 1 day`, value: money(shortfall), note: 'USD, cascade included' };
  const coupling = {
    label: 'Interconnection surplus',
    value: money(surplus.surplusUsd),
    note: `joint ${money(surplus.jointUsd)}, parts ${money(surplus.sumOfPartsUsd)}`,
  };
  if (suggestion === null) {
    return {
      headline: analysis.statement.headline,
      lead: analysis.statement.chain,
      figures: [
        { label: 'Book value', value: money(analysis.totals.equityUsd), note: 'USD equity' },
        { label: 'Requirement use', value: share(analysis.totals.useFraction), note: 'requirement / resources' },
        before,
        { label: 'Any liquidation, 1 day', value: share(distribution.anyLiquidationFraction), note: scenarios },
        coupling,
      ],
    };
  }
  return {
    headline: suggestion.statement,
    lead: `${analysis.statement.headline} ${analysis.statement.chain}`,
    figures: [
      { label: 'Cost', value: money(suggestion.after.costUsd), note: 'spread, fee, impact, gas; USD' },
      { label: 'Premium paid', value: money(suggestion.after.premiumUsd), note: 'options, net; USD' },
      {
        ...before,
        label: `ES ${share(suggestion.confidence)}, 1 day`,
        // With its unit in the note: a change of two figures and a unit does not fit on a line of the tile.
        value: `${millions(suggestion.before.expectedShortfallUsd)} → ${millions(suggestion.after.expectedShortfallUsd)}`,
        note: 'M USD, cascade included',
      },
      {
        label: 'Any liquidation, 1 day',
        value: `${figure(suggestion.before.anyLiquidationFraction * 100, 1)} → ${share(suggestion.after.anyLiquidationFraction)}`,
        note: scenarios,
      },
      {
        label: 'Second-round loss',
        value: change(suggestion.before.secondRoundLossUsd, suggestion.after.secondRoundLossUsd),
        note: 'reference shock, USD',
      },
    ],
  };
}

/** Two amounts in millions of dollars: 27.40 → 17.90 M. */
function change(before: number, after: number): string {
  return `${millions(before)} → ${millions(after)} M`;
}

function actions(hedge: HedgeResult): ReportSection {
  const hasPremium = hedge.legs.some((leg) => leg.premiumUsd !== 0);
  const premium = hasPremium ? [right('Premium, k')] : [];
  const columns = [left('Action', 6), left('Where', 3), right('Size, M'), right('Cost'), ...premium, right('ES, M'), left('What for', 3)];
  const rows = hedge.legs.map((leg, index) => actionRow(leg, index, hedge));
  return section({
    id: 'actions',
    title: 'What to do',
    caption:
      hedge.status === 'infeasible'
        ? 'not every limit can be kept; the smallest relaxations stand below'
        : 'in this order; size in M USD, cost in USD, ES = what this action takes off; reasons on the next page',
    paragraphs: hedge.relaxations.map((relaxation) => relaxation.text),
    tables: [{ id: 'actions', columns, rows }],
  });
}

function actionRow(leg: HedgeLeg, index: number, hedge: HedgeResult): ReportCell[] {
  const hasPremium = hedge.legs.some(({ premiumUsd }) => premiumUsd !== 0);
  return [
    words(`${index + 1} ${leg.title}`, { isStrong: true }),
    words((leg.latency?.minutes ?? 0) > 0 ? `${leg.route}, ${leg.latency?.minutes} min` : leg.route),
    number(leg.notionalUsd, millions(leg.notionalUsd)),
    number(leg.costUsd, figure(leg.costUsd, 0)),
    ...(hasPremium ? [number(leg.premiumUsd, leg.kind === 'trade' ? figure(leg.premiumUsd / 1e3, 1) : '–')] : []),
    number(leg.expectedShortfallEffectUsd, figure(leg.expectedShortfallEffectUsd / 1e6, 2), { isStrong: true }),
    words(purpose(leg, hedge)),
  ];
}

/** What a leg is for in a few words: the account it keeps alive, the one it gives room, or the tail. */
function purpose({ accountId, kind }: HedgeLeg, { savedAccountIds }: HedgeResult): string {
  if (savedAccountIds.includes(accountId)) return `keeps ${accountId} alive`;
  return kind === 'trade' ? 'pays in the worst days' : `room for ${accountId}`;
}

function accounts(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection {
  const referenceMove = Math.max(...Object.values(analysis.reference.moves).map((value) => Math.abs(value)), 0);
  const ranked = [...analysis.accounts]
    .filter((account) => account.state !== 'none')
    .sort((a, b) => Math.abs(a.jointMove ?? 9) - Math.abs(b.jointMove ?? 9));
  const rows = ranked.map((account) => accountRow(account, hedge, referenceMove));
  const columns = [left('Account', 5), right('Alone'), right('Joint'), ...(hedge ? [right('After')] : []), left('0 to 50 %', 3)];
  return section({
    id: 'accounts',
    title: hedge ? 'Every account, before and after' : 'Every account',
    caption: 'move at which it falls',
    span: 'half',
    tables: [{ id: 'accounts', columns, rows, legend: legendOf(hedge !== null) }],
  });
}

/** The marks of the account table. Its gauge shows distances, so that a rise is told by the sign of the figure. */
function legendOf(isHedged: boolean): string {
  const after = isHedged ? ', ▶ after' : '';
  return `◆ joint, ○ alone${after}; ticks at the reference shock and 1.2 × it; + falls in a rise; r2 = falls in round 2 of that shock`;
}

function accountRow(account: AccountResult, hedge: HedgeResult | null, referenceMove: number): ReportCell[] {
  const effect = hedge?.accounts.find((item) => item.accountId === account.accountId);
  const after = effect ? effect.jointMoveAfter : null;
  const falls = account.fallsInRound === null ? '' : ` ◆ r${account.fallsInRound}`.replaceAll(' ', '\u00a0');
  const svg = couplingGauge({
    aloneMove: account.aloneMove,
    jointMove: account.jointMove,
    afterMove: hedge ? after : account.jointMove,
    state: account.state,
    referenceMove,
  });
  return [
    words(`${account.accountId}${falls}`, { isStrong: true, state: account.state }),
    number(account.aloneMove, move(account.aloneMove)),
    number(account.jointMove, move(account.jointMove), { isStrong: true }),
    ...(hedge ? [number(after, move(after), { isStrong: true })] : []),
    words('', { svg }),
  ];
}

function wholeAgainstParts(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection {
  return section({
    id: 'surplus',
    title: 'The whole against its parts',
    caption: 'second-round loss, M USD',
    span: 'half',
    charts: [surplusChart(analysis.surplus, hedge ? hedge.after.secondRoundLossUsd : null)],
  });
}

function whatCouldGoWrong({ hedge, outlook }: ReportResults): ReportSection[] {
  const paragraphs = callWarnings(outlook);
  const head = { id: 'risks', title: 'What could go wrong', paragraphs };
  if (hedge === null) return paragraphs.length === 0 ? [] : [section({ ...head, caption: 'within a day' })];
  const { sensitivities, suggestion } = hedge;
  const risks = section({
    ...head,
    caption: `the three worst of ${sensitivities.length} assumptions moved, each run again in full; ES ${millions(suggestion.after.expectedShortfallUsd)} M as assumed`,
    tables: [
      {
        id: 'risks',
        columns: [left('If', 4), right('ES, M'), right('Change'), right('Any liquid.'), left('Then falls at the reference shock', 6)],
        rows: sensitivities.slice(0, TOP_ASSUMPTIONS).map((each, index) => sensitivityRow(each, `${index + 1} `)),
      },
    ],
  });
  return [risks];
}

function howSure({ analysis, hedge, golden, outlook }: ReportResults): ReportSection {
  const { coverage, cascade } = analysis;
  const oldest = [...coverage.stale].sort((a, b) => b.ageMs - a.ageMs)[0];
  const suggestion = hedge?.suggestion;
  const program: [string, string][] = suggestion
    ? [
        ['Solver', `${suggestion.status}, gap ${share(suggestion.gapFraction)}`],
        ['Full cascade re-check', `gap ${share(Math.abs(suggestion.recheck.gapFraction))}, ${suggestion.recheck.passes} passes`],
      ]
    : [];
  const facts: [string, string][] = [
    ...program,
    ['Cascade', cascade.hasConverged ? `settled after ${cascade.rounds.length - 1} rounds` : 'round limit reached'],
    ['Outside numbers at export', `${golden.passed} of ${golden.cases} agree`],
    ['Priced', `${coverage.priced} of ${coverage.positions} positions, ${share(coverage.pricedFraction)}`],
    ...callFacts(outlook),
    ['Older than its limit', oldest ? `${coverage.stale.length} positions, ${oldest.positionId} ${age(oldest.ageMs)}` : 'nothing'],
  ];
  const half = Math.ceil(facts.length / 2);
  const cells = (fact: readonly [string, string] | undefined): ReportCell[] => [
    words(fact?.[0] ?? ''),
    words(fact?.[1] ?? '', { isStrong: true }),
  ];
  const rows = facts.slice(0, half).map((fact, i) => [...cells(fact), ...cells(facts[half + i])]);
  return section({
    id: 'certainty',
    title: 'How sure this is',
    caption: `book value ${millions(analysis.totals.equityUsd)} M USD`,
    tables: [{ id: 'certainty', columns: [left('', 3), left('', 4), left('', 3), left('', 4)], rows }],
  });
}

/** Whether anybody is likely to be called within a day; nothing where no forecast was made. */
function callFacts(outlook: ReportResults['outlook']): [string, string][] {
  const called = calledWithinDay(outlook);
  if (called === null) return [];
  const names = called.accounts.map(({ accountId }) => accountId).join(', ');
  const name = `Called within a day${called.isAfter ? ', after' : ''}`;
  return [[name, names === '' ? `nobody likelier than ${share(called.alpha)}` : `${names}, above ${share(called.alpha)}`]];
}
