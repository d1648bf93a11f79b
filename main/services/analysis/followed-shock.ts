import type { ScenarioSet, Shock } from '../../domain/scenario.ts';

/**
 * A shock in which the drivers that it leaves still follow those that it moves: each by `correlation` × its beta × the common move, the mean of
 * move / beta over the drivers moved. At 0 they stay, at 1 all fall along the common axis, as in a drawdown in which everything is one trade.
 */
export function followedShock(shock: Shock, betas: ScenarioSet['betas'], correlation: number): Shock {
  const commons = Object.entries(shock.moves).flatMap(([driver, move]) => {
    const beta = betas[driver];
    return beta === undefined || beta === 0 ? [] : [move / beta];
  });
  if (correlation === 0 || commons.length === 0) return shock;
  const common = commons.reduce((sum, move) => sum + move, 0) / commons.length;
  const followed = Object.entries(betas).filter(([driver]) => shock.moves[driver] === undefined);
  const moves = Object.fromEntries(followed.map(([driver, beta]) => [driver, Math.max(-0.99, correlation * beta * common)]));
  return { ...shock, moves: { ...moves, ...shock.moves } };
}
