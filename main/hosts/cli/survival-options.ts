import type { Command } from 'commander';
import type { HedgeSurvivalWish } from '../../contract/hedge-survival.ts';

/** What is taken to go wrong with hedges, as options of a command line. */
export type SurvivalOptions = {
  readonly survival?: boolean;
  readonly frozen?: number;
  readonly deleveraged?: number;
  readonly depegged?: number;
  readonly depeg?: number;
};

/** Adds the assumptions about lost hedges to a verb; `share` reads a fraction. */
export function addSurvivalOptions(command: Command, share: (text: string) => number): Command {
  return command
    .option('--no-survival', 'take hedges to be there whatever happens')
    .option('--frozen <fraction>', 'probability that a venue halts, given a day among the worst tenth', share)
    .option('--deleveraged <fraction>', 'probability that a venue closes gaining futures, given such a day', share)
    .option('--depegged <fraction>', 'probability that a stablecoin loses its peg, given such a day', share)
    .option('--depeg <fraction>', 'part of its worth that it then loses', share);
}

/** The assumptions as the contract has them. */
export function survivalWishOf({ survival, frozen, deleveraged, depegged, depeg }: SurvivalOptions): HedgeSurvivalWish {
  return {
    ...(survival === false ? { isOff: true } : {}),
    ...(frozen === undefined ? {} : { frozenFraction: frozen }),
    ...(deleveraged === undefined ? {} : { deleveragedFraction: deleveraged }),
    ...(depegged === undefined ? {} : { depeggedFraction: depegged }),
    ...(depeg === undefined ? {} : { depegFraction: depeg }),
  };
}
