import type { AccountResult, AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeLeg, HedgeResult } from '../../contract/hedge.ts';
import { surplusChart } from '../charts.ts';
import { figure, millions, money, move, share } from '../format.ts';
import { couplingGauge } from '../gauge.ts';
import { left, number, right, words, type ReportCell, type ReportModel, type ReportSection } from '../report-model.ts';

/** Page 1: what to do, every account before and after, whole against parts, what could go wrong, how sure this is. */
export function decisionSections(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection[] {
  return [
    ...(hedge ? [actions(hedge)] : []),
    accounts(analysis, hedge),
    wholeAgainstParts(analysis, hedge),
    ...(hedge ? [whatCouldGoWrong(hedge)] : []),
    howSure(analysis, hedge),
  ];
}

/** Headline, lead and the five figures above them. */
export function decisionHeadline(analysis: AnalysisResult, hedge: HedgeResult | null): Pick<ReportModel, 'headline' | 'lead' | 'figures'> {
  const { distribution, surplus } = analysis;
  const shortfall = distribution.expectedShortfallUsd;
  const scenarios = `${figure(distribution.scenarios, 0)} days of history`;
  const before = { label: `ES ${share(distribution.confidence)}, 1 day`, value: money(shortfall), note: 'USD, cascade included' };
  const coupling = {
    label: 'Interconnection surplus',
    value: money(surplus.surplusUsd),
    note: `joint ${money(surplus.jointUsd)}, parts ${money(surplus.sumOfPartsUsd)}`,
  };
  if (!hedge) {
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
    headline: hedge.statement,
    lead: `${analysis.statement.headline} ${analysis.statement.chain}`,
    figures: [
      { label: 'Cost', value: money(hedge.after.costUsd), note: 'spread, fee, gas; USD' },
      { label: 'Premium paid', value: money(hedge.after.premiumUsd), note: 'options, net; USD' },
      { ...before, value: change(hedge.before.expectedShortfallUsd, hedge.after.expectedShortfallUsd) },
      {
        label: 'Any liquidation, 1 day',
        value: `${figure(hedge.before.anyLiquidationFraction * 100, 1)} → ${share(hedge.after.anyLiquidationFraction)}`,
        note: scenarios,
      },
      {
        label: 'Second-round loss',
        value: change(hedge.before.secondRoundLossUsd, hedge.after.secondRoundLossUsd),
        note: 'reference shock, USD',
      },
    ],
  };
}

/** Two amounts in millions of dollars: 27.40 → 17.90 M. */
function change(before: number, after: number): string {
  return `${millions(before)} → ${millions(after)} M`;
}

/** A section without tables, charts or text yet. */
export function section(part: Pick<ReportSection, 'id' | 'title' | 'caption'> & Partial<ReportSection>): ReportSection {
  return { span: 'full', startsPage: false, paragraphs: [], tables: [], charts: [], ...part };
}

function actions(hedge: HedgeResult): ReportSection {
  const hasPremium = hedge.legs.some((leg) => leg.premiumUsd !== 0);
  const premium = hasPremium ? [right('Premium, k')] : [];
  const columns = [left('Action', 4), left('Where', 2), right('Cost'), ...premium, right('ES, M'), left('Why', 5)];
  const rows = hedge.legs.map((leg, index) => actionRow(leg, index, hasPremium));
  const paragraphs = hedge.relaxations.map((relaxation) => relaxation.text);
  return section({
    id: 'actions',
    title: 'What to do',
    caption:
      hedge.status === 'infeasible'
        ? 'not every limit can be kept; the smallest relaxations stand below'
        : 'in this order; cost in USD, ES in M USD',
    paragraphs,
    tables: [{ id: 'actions', columns, rows }],
  });
}

function actionRow(leg: HedgeLeg, index: number, hasPremium: boolean): ReportCell[] {
  return [
    words(`${index + 1} ${leg.title}`, { isStrong: true }),
    words(leg.route),
    number(leg.costUsd, figure(leg.costUsd, 0)),
    ...(hasPremium ? [number(leg.premiumUsd, leg.kind === 'trade' ? figure(leg.premiumUsd / 1e3, 1) : '–')] : []),
    number(leg.expectedShortfallEffectUsd, figure(leg.expectedShortfallEffectUsd / 1e6, 2), { isStrong: true }),
    words(leg.why),
  ];
}

function accounts(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection {
  const referenceMove = Math.max(...Object.values(analysis.reference.moves).map((value) => Math.abs(value)), 0);
  const ranked = [...analysis.accounts]
    .filter((account) => account.state !== 'none')
    .sort((a, b) => Math.abs(a.jointMove ?? 9) - Math.abs(b.jointMove ?? 9));
  const rows = ranked.map((account) => accountRow(account, hedge, referenceMove));
  const columns = [left('Account', 4), right('Alone'), right('Joint'), ...(hedge ? [right('After')] : []), left('0 to −50 %', 3)];
  return section({
    id: 'accounts',
    title: hedge ? 'Every account, before and after' : 'Every account',
    caption: 'common move, %',
    span: 'half',
    tables: [{ id: 'accounts', columns, rows }],
  });
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

function whatCouldGoWrong(hedge: HedgeResult): ReportSection {
  const rows = hedge.whatCouldGoWrong.map((item, index) => [words(`${index + 1} ${item.assumption}`), words(item.effect)]);
  return section({
    id: 'risks',
    title: 'What could go wrong',
    caption: 're-run in full',
    span: 'half',
    tables: [{ id: 'risks', columns: [left('If', 1), left('Then', 1)], rows }],
  });
}

function howSure(analysis: AnalysisResult, hedge: HedgeResult | null): ReportSection {
  const { coverage, cascade } = analysis;
  const oldest = [...coverage.stale].sort((a, b) => b.ageMs - a.ageMs)[0];
  const program: [string, string][] = hedge
    ? [
        ['Solver', `${hedge.status}, gap ${share(hedge.gapFraction)}`],
        ['Full cascade re-check', `gap ${share(hedge.recheck.gapFraction)}, ${hedge.recheck.passes} passes`],
      ]
    : [];
  const facts: [string, string][] = [
    ...program,
    ['Cascade', cascade.hasConverged ? `settled after ${cascade.rounds.length - 1} rounds` : 'round limit reached'],
    ['Older than its limit', oldest ? `${coverage.stale.length} positions, ${oldest.positionId}` : 'nothing'],
    ['Coverage', `${coverage.priced} of ${coverage.positions} positions, ${share(coverage.pricedFraction)} of value`],
  ];
  const rows = facts.map(([name, value]) => [words(name), words(value, { isStrong: true })]);
  return section({
    id: 'certainty',
    title: 'How sure this is',
    caption: `book value ${millions(analysis.totals.equityUsd)} M USD`,
    span: 'half',
    tables: [{ id: 'certainty', columns: [left('', 1), left('', 1)], rows }],
  });
}
