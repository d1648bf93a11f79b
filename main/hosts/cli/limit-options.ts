import { InvalidArgumentError, type Command } from 'commander';
import { hedgeLegKind, type HedgeLegKind, type HedgeLimits } from '../../contract/hedge-limits.ts';

/** What the trader allows, as options of a command line. */
export type LimitOptions = {
  readonly exclude?: readonly string[];
  readonly keep?: readonly string[];
  readonly without?: readonly HedgeLegKind[];
  readonly deltaBand?: number;
  readonly gammaBand?: number;
  readonly vegaBand?: number;
  readonly venueShare?: number;
  readonly leastTrade?: number;
  readonly turnover?: number;
  readonly venueTurnover?: number;
  readonly notice?: number;
};

/** Adds the limits of a suggestion to a verb; `amount` reads a sum. */
export function addLimitOptions(command: Command, amount: (text: string) => number): Command {
  const more = (name: string, former: readonly string[] = []): readonly string[] => [...former, name];
  const kinds = (name: string, former: readonly HedgeLegKind[] = []): readonly HedgeLegKind[] => {
    const kind = hedgeLegKind.safeParse(name);
    if (!kind.success) throw new InvalidArgumentError(`One of ${hedgeLegKind.options.join(', ')}.`);
    return [...former, kind.data];
  };
  return command
    .option('--exclude <instrument>', 'instrument that is neither traded nor paid with; may be given again', more)
    .option('--keep <account>', 'account that is left as it is; may be given again', more)
    .option('--without <kind>', `kind of action that is not taken: ${hedgeLegKind.options.join(', ')}; may be given again`, kinds)
    .option('--delta-band <usd>', 'look-through delta of each driver at most this far from zero, USD', amount)
    .option('--gamma-band <usd>', 'gamma of each driver at most this far from zero, USD of delta per 1 %', amount)
    .option('--vega-band <usd>', 'vega of each driver at most this far from zero, USD per point of volatility', amount)
    .option('--venue-share <fraction>', 'most of the notional of all contracts that may stand at one venue', amount)
    .option('--least-trade <usd>', 'no trade below this notional, USD', amount)
    .option('--turnover <usd>', 'most notional of all trades together, USD', amount)
    .option('--venue-turnover <usd>', 'most notional of the trades at one venue, USD', amount)
    .option('--notice <minutes>', 'time from now to every shock; usual: as soon as coins have been recorded to move so far', amount);
}

/** The limits as the contract has them. */
export function hedgeLimitsOf(options: LimitOptions): HedgeLimits {
  const { exclude, keep, without, deltaBand, gammaBand, vegaBand, venueShare, leastTrade, turnover, venueTurnover, notice } = options;
  return {
    ...(exclude === undefined ? {} : { excludeInstrumentIds: [...exclude] }),
    ...(keep === undefined ? {} : { keepAccountIds: [...keep] }),
    ...(without === undefined ? {} : { excludeKinds: [...without] }),
    ...(deltaBand === undefined ? {} : { deltaBandUsd: deltaBand }),
    ...(gammaBand === undefined ? {} : { gammaBandUsd: gammaBand }),
    ...(vegaBand === undefined ? {} : { vegaBandUsd: vegaBand }),
    ...(venueShare === undefined ? {} : { venueShareFraction: venueShare }),
    ...(leastTrade === undefined ? {} : { leastTradeUsd: leastTrade }),
    ...(turnover === undefined ? {} : { turnoverUsd: turnover }),
    ...(venueTurnover === undefined ? {} : { venueTurnoverUsd: venueTurnover }),
    ...(notice === undefined ? {} : { noticeMinutes: notice }),
  };
}
