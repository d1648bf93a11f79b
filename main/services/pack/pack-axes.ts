import type { CascadeAxes, ImpactLaw } from '../../domain/cascade-axes.ts';
import type { PackedAxes } from '../../engine/cascade/axes/axes-types.ts';
import { NO_PARAMETERS } from '../../engine/impact/law/price-law.ts';
import type { PackedBook } from '../../engine/packed/packed-book.ts';

/** Where the rules of a cascade apply: its markets, and the ids of its drivers in their order. */
export type AxesPlace = { readonly packed: PackedBook; readonly driverIds: readonly string[] };

/** The rules of a cascade beyond its plain ones as the kernel takes them; absent when there are none, or none of them does anything. */
export function packAxes(axes: CascadeAxes, { packed, driverIds }: AxesPlace): PackedAxes | undefined {
  const { impact, oracle, latency, recoveryPerRound, keeperGasUsd, depthResponse, crossImpact } = axes;
  const rules: PackedAxes = {
    ...(impact === undefined || impact.law === 'constantProduct' ? {} : { impact: packImpact(impact, packed) }),
    ...(oracle === undefined ? {} : { oracle }),
    ...(latency === undefined ? {} : { latency }),
    ...(recoveryPerRound === undefined ? {} : { recoveryPerRound }),
    ...(keeperGasUsd === undefined ? {} : { keeperGasUsd }),
    ...(depthResponse === undefined ? {} : { depthResponse }),
    ...(crossImpact === undefined || crossImpact.length === 0 ? {} : { crossImpact: packCrossImpact(crossImpact, driverIds) }),
  };
  return Object.keys(rules).length === 0 ? undefined : rules;
}

function packImpact(impact: Exclude<ImpactLaw, { law: 'constantProduct' }>, { depth }: PackedBook): NonNullable<PackedAxes['impact']> {
  const each = (value: number): Float64Array => new Float64Array(depth.count).fill(value);
  if (impact.law === 'recorded') return { law: 'recorded', parameters: { ...NO_PARAMETERS, records: depth.records } };
  if (impact.law === 'exponential') {
    return { law: 'exponential', parameters: { scale: each(impact.depthShare), coefficient: new Float64Array(0) } };
  }
  return {
    law: 'squareRoot',
    parameters: { scale: each(impact.dailyVolumePerReserve), coefficient: each(impact.coefficient * impact.dailyVolatility) },
  };
}

/** Betas by target × source; what names no driver moves nothing, and a driver does not echo itself. */
function packCrossImpact(betas: NonNullable<CascadeAxes['crossImpact']>, driverIds: readonly string[]): Float64Array {
  const matrix = new Float64Array(driverIds.length ** 2);
  for (const { from, to, beta } of betas) {
    const [source, target] = [driverIds.indexOf(from), driverIds.indexOf(to)];
    if (source >= 0 && target >= 0 && source !== target) matrix[target * driverIds.length + source] = beta;
  }
  return matrix;
}
