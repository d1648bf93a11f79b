import { z } from 'zod';
import { clearNetwork, NO_DEFAULT_COSTS, type Clearing, type DefaultCosts } from '../../../engine/contagion/clearing.ts';
import type { CaseOutput } from '../case-values.ts';
import { amounts, squareMatrix } from './matrix.ts';

const network = z
  .object({ liabilities: squareMatrix, externalAssets: amounts })
  .refine(({ liabilities, externalAssets }) => liabilities.rows === externalAssets.length, 'as many external assets as nodes are needed')
  .refine(({ liabilities }) => liabilities.values.every((value) => value >= 0), 'nobody owes less than nothing');

const costs = z
  .object({ alpha: z.number().min(0).max(1), beta: z.number().min(0).max(1) })
  .transform(({ alpha, beta }): DefaultCosts => ({ externalFraction: alpha, receivedFraction: beta }));

/** The greatest clearing vector without costs of default. */
export function calculateEisenbergNoe(raw: unknown): CaseOutput {
  const { payments, equity, totalShortfall, ...rest } = clear(raw, NO_DEFAULT_COSTS);
  return { payments: [...payments], equity: [...equity], ...defaults(rest), total_shortfall: totalShortfall };
}

/** The greatest clearing vector with costs of default. */
export function calculateRogersVeraart(raw: unknown): CaseOutput {
  const { payments, ...rest } = clear(raw, costs.parse(raw));
  return { payments: [...payments], ...defaults(rest) };
}

function clear(raw: unknown, of: DefaultCosts): Clearing {
  const { liabilities, externalAssets } = network.parse(raw);
  const clearing = clearNetwork({ liabilities: liabilities.values, externalAssets }, of);
  if (clearing.status === 'singular') throw new RangeError('the payments of the defaulters are not determined');
  return clearing;
}

function defaults({ defaultRound, rounds }: Pick<Clearing, 'defaultRound' | 'rounds'>): CaseOutput {
  const inRound = (round: number): number[] => [...defaultRound].flatMap((each, node) => (each === round ? [node] : []));
  return {
    defaulted: [...defaultRound].flatMap((each, node) => (each > 0 ? [node] : [])),
    default_waves: Array.from({ length: rounds }, (_, at) => inRound(at + 1)),
  };
}
