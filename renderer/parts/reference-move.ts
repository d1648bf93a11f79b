import type { AnalysisResult } from '../../main/contract/analysis.ts';
import { signed, THIN_SPACE } from '../format/number.ts';

/** Move of the common axis that the reference shock stands for: the move of the driver with the largest beta, per unit of it. Zero without drivers. */
export function referenceMove(analysis: Pick<AnalysisResult, 'drivers' | 'reference'>): number {
  const leading = analysis.drivers.filter((driver) => driver.beta !== 0).toSorted((a, b) => Math.abs(b.beta) - Math.abs(a.beta))[0];
  return leading === undefined ? 0 : (analysis.reference.moves[leading.assetId] ?? 0) / leading.beta;
}

/** A shock in words: `ETH −18 %, BTC −14 %, volatility +35 pt`. */
export function shockWords(shock: AnalysisResult['reference']): string {
  const moves = Object.entries(shock.moves).map(
    ([asset, move]) => `${asset} ${signed(move * 100, Number.isInteger(Math.round(move * 1000) / 10) ? 0 : 1)}${THIN_SPACE}%`,
  );
  const volatility = shock.volatilityShift === 0 ? [] : [`volatility ${signed(shock.volatilityShift * 100, 0)}${THIN_SPACE}pt`];
  return [...moves, ...volatility].join(', ');
}
