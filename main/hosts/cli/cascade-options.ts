import { InvalidArgumentError, type Command } from 'commander';
import type { InputOf } from '../../contract/contract.ts';

type Assumed = NonNullable<InputOf<'analysis.cascade'>['cascade']>;

/** What the options of a cascade's rules give, named as commander names them. */
export type RuleOptions = {
  readonly impact?: Named;
  readonly latency?: Named;
  readonly oracleDeviation?: number;
  readonly oracleHeartbeat?: number;
  readonly oracleLag?: number;
  readonly recovery?: number;
  readonly keeperGas?: number;
  readonly volatilityThinning?: number | true;
  readonly crowdSize?: number;
  readonly correlation?: number;
  readonly crossImpact?: NonNullable<Assumed['crossImpact']>;
};

/** A rule of several kinds: 'geometric:meanRounds=3' is its name and its figures. */
type Named = { readonly name: string; readonly figures: Readonly<Record<string, number>> };

/** Adds the options for every rule of a cascade beyond the plain ones. */
export function addRuleOptions(command: Command): Command {
  return command
    .option(
      '--impact <law>',
      'price impact: constantProduct, exponential[:depthShare=0.5], squareRoot[:coefficient=1,dailyVolatility=0.04,dailyVolumePerReserve=2], or recorded: along each market’s recorded order book or pool ticks',
      named,
    )
    .option('--oracle-deviation <share>', 'move at which a price feed posts, e.g. 0.005', amount)
    .option('--oracle-heartbeat <rounds>', 'rounds after which a feed posts at the latest', amount)
    .option('--oracle-lag <rounds>', 'rounds by which a feed is behind the market', amount)
    .option(
      '--latency <rule>',
      'rounds until a liquidation: fixed:rounds=2, geometric:meanRounds=3[,seed=7] or lognormal:medianRounds=2,sigma=0.5[,seed=7]',
      named,
    )
    .option('--recovery <share>', 'share of what was sold that is bought back in each round, 0 to 1', amount)
    .option('--keeper-gas <usd>', 'keepers liquidate only at a profit after impact, fees and this cost', amount)
    .option(
      '--volatility-thinning [sensitivity]',
      'depth thins as sales move the price; without a figure as recorded on 2025-10-10',
      amount,
    )
    .option('--crowd-size <factor>', 'how many times as large every surrounding borrower is taken, e.g. 2', amount)
    .option('--correlation <share>', 'how far drivers that the shock leaves still follow the others, 0 to 1', amount)
    .option('--cross-impact <betas>', 'moves that sales in one driver give another, e.g. ETH:BTC=0.5', betas);
}

/** The options as assumptions; what was not given is left to the book's scenario set. */
export function assumedRules(options: RuleOptions): Assumed {
  const {
    impact,
    latency,
    oracleDeviation,
    oracleHeartbeat,
    oracleLag,
    recovery,
    keeperGas,
    volatilityThinning,
    crossImpact,
    crowdSize,
    correlation,
  } = options;
  const oracle = {
    ...(oracleDeviation === undefined ? {} : { deviationFraction: oracleDeviation }),
    ...(oracleHeartbeat === undefined ? {} : { heartbeatRounds: oracleHeartbeat }),
    ...(oracleLag === undefined ? {} : { lagRounds: oracleLag }),
  };
  // Which names and figures there are is for the contract to say: it refuses others by name.
  return {
    ...(impact === undefined ? {} : { impact: { law: impact.name, ...impact.figures } as Assumed['impact'] }),
    ...(latency === undefined ? {} : { latency: { distribution: latency.name, ...latency.figures } as Assumed['latency'] }),
    ...(Object.keys(oracle).length === 0 ? {} : { oracle }),
    ...(recovery === undefined ? {} : { recoveryPerRound: recovery }),
    ...(keeperGas === undefined ? {} : { keeperGasUsd: keeperGas }),
    ...(volatilityThinning === undefined ? {} : { depthResponse: volatilityThinning === true ? {} : { sensitivity: volatilityThinning } }),
    ...(crowdSize === undefined ? {} : { crowdSizeFactor: crowdSize }),
    ...(correlation === undefined ? {} : { correlation }),
    ...(crossImpact === undefined ? {} : { crossImpact }),
  };
}

function named(text: string): Named {
  const [name = '', list, ...more] = text.split(':');
  if (more.length > 0) throw new InvalidArgumentError(`"${text}" is not of the form name:figure=1,other=2.`);
  return { name, figures: Object.fromEntries((list ?? '').split(',').flatMap((part) => (part === '' ? [] : [figure(part)]))) };
}

function figure(part: string): [string, number] {
  const [name = '', value = '', ...more] = part.split('=').map((word) => word.trim());
  if (name === '' || more.length > 0) throw new InvalidArgumentError(`"${part}" is not of the form figure=1.`);
  return [name, amount(value)];
}

function betas(text: string): NonNullable<Assumed['crossImpact']> {
  return text.split(',').map((part) => {
    const [pair, beta] = figure(part);
    const [from = '', to = '', ...more] = pair.split(':');
    if (from === '' || to === '' || more.length > 0) throw new InvalidArgumentError(`"${part}" is not of the form ETH:BTC=0.5.`);
    return { from, to, beta };
  });
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`"${text}" is not a number.`);
  return value;
}
