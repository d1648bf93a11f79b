import type { CascadeAxes } from '../../domain/cascade-axes.ts';
import { figure, percent, plural } from './words.ts';

type Row = readonly [id: string, text: string, value: string];

/** What a cascade takes for granted of impact, feeds, delay, recovery, keepers and cross-impact: the rule that is on, or what its absence means. */
export function axisRows(axes: CascadeAxes): readonly Row[] {
  return [
    ['impact', 'Price after a forced sale of q into a reserve R, all that was sold before being Q', impactWords(axes)],
    recoveryRow(axes),
    ...oracleRows(axes),
    ...latencyRows(axes),
    ...keeperRows(axes),
    ...depthRows(axes),
    ...crossRows(axes),
  ];
}

function impactWords({ impact }: CascadeAxes): string {
  if (impact === undefined || impact.law === 'constantProduct') return '(R / (R + q))²';
  if (impact.law === 'recorded') return 'along each market’s record; (R / (R + q))² where it has none';
  if (impact.law === 'exponential') return `exp(−q / D), D = ${figure(impact.depthShare, 2)} R`;
  return `1 − ${figure(impact.coefficient, 2)} × ${percent(impact.dailyVolatility, 1)} × √(Q / V), V = ${figure(impact.dailyVolumePerReserve, 2)} R a day`;
}

function recoveryRow({ recoveryPerRound }: CascadeAxes): Row {
  if (recoveryPerRound === undefined || recoveryPerRound === 0) {
    return ['no-recovery', 'Prices and depth do not recover, and nobody adds margin, within the cascade', 'none'];
  }
  return [
    'recovery',
    'Of what was sold into a market since the shock, bought back by others in each round while the cascade lasts; nobody adds margin',
    percent(recoveryPerRound),
  ];
}

function oracleRows({ oracle }: CascadeAxes): readonly Row[] {
  if (oracle === undefined) return [];
  const { deviationFraction, heartbeatRounds, lagRounds } = oracle;
  return [
    [
      'oracle',
      'Lending venues judge and seize at posted prices, sales are made at the market’s. Every feed has posted just before the shock; the cascade lasts until each has posted where nobody falls',
      `posts on ${percent(deviationFraction, 2)} or after ${heartbeatRounds} ${plural(heartbeatRounds, 'round')}, ${lagRounds} behind`,
    ],
  ];
}

function latencyRows({ latency }: CascadeAxes): readonly Row[] {
  if (latency === undefined) return [];
  return [
    [
      'latency',
      'Rounds between a borrower’s fall and its liquidation; margin accounts are closed by their venue at once. One that recovers in between starts anew',
      latency.distribution === 'fixed'
        ? figure(latency.rounds, 0)
        : latency.distribution === 'geometric'
          ? `geometric, mean ${figure(latency.meanRounds, 1)}, seed ${latency.seed}`
          : `lognormal, median ${figure(latency.medianRounds, 1)}, σ ${figure(latency.sigma, 2)}, seed ${latency.seed}`,
    ],
  ];
}

function keeperRows({ keeperGasUsd }: CascadeAxes): readonly Row[] {
  if (keeperGasUsd === undefined) return [];
  return [
    [
      'keepers',
      'A keeper liquidates only if selling what it seizes, alone and at the round’s prices, pays for the debt and this cost; auctions and absorbing protocols go on',
      `${figure(keeperGasUsd, 0)} USD`,
    ],
  ];
}

function depthRows({ depthResponse }: CascadeAxes): readonly Row[] {
  if (depthResponse === undefined) return [];
  return [
    [
      'depth-response',
      'Depth left as the cascade moves a market, v being the root of its squared log moves since the shock; fitted to asks of 2025-10-10 up to v = 0.049, held beyond. A depth recorded in a crisis is thinned twice',
      `exp(−${figure(depthResponse.sensitivity, 1)} v), at least ${percent(depthResponse.leastShare)}`,
    ],
  ];
}

function crossRows({ crossImpact }: CascadeAxes): readonly Row[] {
  if (crossImpact === undefined || crossImpact.length === 0) return [];
  const pairs = crossImpact.map(({ from, to, beta }) => `${from} → ${to} ${figure(beta, 2)}`);
  return [['cross-impact', 'A move made by sales moves other drivers by beta times as much, in logs', pairs.join(', ')]];
}
