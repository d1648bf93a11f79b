import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { millions } from '../../format/money.ts';
import { count, counted, signed, THIN_SPACE } from '../../format/number.ts';
import { distance, distanceWords, percent, percentFigure, ratio, sigmaDays } from '../../format/share.ts';
import type { TileProps } from '../../parts/tile.tsx';

/** The tiles of the first screen: six that always stand, two more where there is room. */
export function overviewTiles(analysis: AnalysisResult): readonly TileProps[] {
  return [valueTile(analysis), requirementTile(analysis), nearestTile(analysis), ...riskTiles(analysis), ...wideTiles(analysis)];
}

function valueTile({ totals }: AnalysisResult): TileProps {
  const change = totals.equityDayBeforeUsd === null ? null : totals.equityUsd - totals.equityDayBeforeUsd;
  const comparison =
    change === null ? `gross ${millions(totals.grossUsd)} M` : `${change < 0 ? '▼' : '▲'} ${signed(change / 1e6, 2)} M in 24 h`;
  return { label: 'Book value (equity)', value: millions(totals.equityUsd), unit: 'M USD', comparison, metric: 'totals.equityUsd' };
}

function requirementTile({ totals, venues }: AnalysisResult): TileProps {
  const tightest = venues.filter((venue) => venue.useFraction !== null).toSorted((a, b) => (b.useFraction ?? 0) - (a.useFraction ?? 0))[0];
  const comparison =
    tightest === undefined
      ? `requirement ${millions(totals.requirementUsd)} M`
      : `tightest ${tightest.venueName} ${percent(tightest.useFraction)}`;
  return { label: 'Requirement use', value: percentFigure(totals.useFraction), unit: '%', comparison, metric: 'totals.useFraction' };
}

function nearestTile({ totals, accounts }: AnalysisResult): TileProps {
  const nearest = accounts.find((account) => account.accountId === totals.nearestAccountId);
  if (nearest === undefined)
    return { label: 'Nearest joint breach', value: 'never', comparison: 'no account can be liquidated along the axis' };
  return {
    label: 'Nearest joint breach',
    state: nearest.state,
    value: distance(totals.nearestJointMove),
    unit: `% · ${nearest.accountId}`,
    comparison: `${sigmaDays(nearest.sigmaDays)} σ-days; alone ${distanceWords(nearest.aloneMove)}`,
    metric: 'account.jointMove',
    subjectId: nearest.accountId,
  };
}

function riskTiles({ totals, distribution, surplus }: AnalysisResult): readonly TileProps[] {
  const share = totals.equityUsd > 0 ? percent(distribution.expectedShortfallUsd / totals.equityUsd) : null;
  return [
    {
      label: `Expected shortfall ${percent(distribution.confidence)}, 1 d`,
      value: millions(distribution.expectedShortfallUsd),
      unit: 'M USD',
      comparison: `${share === null ? '' : `${share} of equity; `}no cascade ${millions(distribution.expectedShortfallFirstRoundUsd)}`,
      metric: 'distribution.expectedShortfallUsd',
    },
    {
      label: 'Interconnection surplus',
      value: millions(surplus.surplusUsd),
      unit: 'M USD',
      comparison: `joint ${millions(surplus.jointUsd)} against parts ${millions(surplus.sumOfPartsUsd)}`,
      metric: 'surplus.surplusUsd',
    },
    {
      label: 'Chance of any liquidation, 1 d',
      value: percentFigure(distribution.anyLiquidationFraction),
      unit: '%',
      comparison: `${count(distribution.scenarios)} days of history, cascade included`,
      metric: 'distribution.anyLiquidationFraction',
    },
  ];
}

function wideTiles({ network, cascade }: AnalysisResult): readonly TileProps[] {
  const { lookThrough, loops } = network;
  return [
    {
      label: 'Look-through leverage',
      value: ratio(lookThrough.leverage).replace(/[\u2009×]/g, ''),
      unit: '×',
      comparison: `on the surface ${ratio(lookThrough.walletLeverage)}; ${counted(loops.length, 'loop')}`,
      metric: 'lookThrough.leverage',
    },
    {
      label: 'Loss at the reference shock',
      value: millions(cascade.totalLossUsd),
      unit: 'M USD',
      comparison: `first round ${millions(cascade.firstRoundLossUsd)}${THIN_SPACE}M; ${ratio(cascade.lossAmplification)}`,
      metric: 'cascade.totalLossUsd',
    },
  ];
}
