import { decodeFunctionResult, encodeFunctionData } from 'viem';
import type { AccountState, CollateralTerms, PoolLine } from '../../../../main/engine/requirement/lending/lending-exact/pool-account.ts';
import { termsInMode } from '../../../../main/engine/requirement/lending/lending-exact/pool-account.ts';
import {
  debtAmount,
  debtIndexRay,
  supplyAmount,
  supplyIndexRay,
} from '../../../../main/engine/requirement/lending/lending-exact/pool-balance.ts';
import type { PoolRevision } from '../../../../main/engine/requirement/lending/lending-exact/pool-revision.ts';
import { POOL_MODE, poolAsset } from './pool-assets.ts';
import type { PoolMarket } from './pool-market.ts';

/** A reserve as the pool stores it. */
export type StoredReserve = {
  readonly supplyIndex: bigint;
  readonly supplyRate: bigint;
  readonly debtIndex: bigint;
  readonly debtRate: bigint;
  readonly updatedAt: number;
};

/** Balances of one reserve as the pool stores and as it reports them. */
export type ChainLine = {
  readonly scaledSupply: bigint;
  readonly scaledDebt: bigint;
  readonly supply: bigint;
  readonly debt: bigint;
  readonly isCollateral: boolean;
};

/** An account as the pool reports it. */
export type ChainState = {
  readonly account: {
    readonly collateralBase: bigint;
    readonly debtBase: bigint;
    readonly availableBase: bigint;
    readonly thresholdBps: bigint;
    readonly loanToValueBps: bigint;
    readonly healthFactor: bigint;
  };
  readonly lines: readonly ChainLine[];
};

/** A liquidation to try. */
export type ChainOrder = {
  readonly actor: bigint;
  readonly prices: readonly bigint[];
  readonly collateral: bigint;
  readonly debt: bigint;
  readonly cover: bigint;
};

/** What it did. */
export type ChainOutcome = {
  readonly refusal: `0x${string}`;
  readonly gained: readonly bigint[];
  readonly treasuryShares: bigint;
  readonly deficits: readonly bigint[];
  readonly state: ChainState;
};

/** Asks the desk at a time; what the call changes is forgotten. */
export async function ask<Answer>(
  market: PoolMarket,
  call: { readonly name: string; readonly args?: readonly unknown[] },
  time: bigint,
): Promise<Answer> {
  const { abi, address } = market.desk;
  const { data } = await market.node.client.call({
    to: address,
    data: encodeFunctionData({ abi, functionName: call.name, args: call.args ?? [] }),
    blockOverrides: { time },
  });
  return decodeFunctionResult({ abi, functionName: call.name, data: data ?? '0x' }) as Answer;
}

/** Lines of the engine for an account: stored balances and indices in, everything else by the engine's own arithmetic. */
export function engineLines(
  lines: readonly ChainLine[],
  reserves: readonly StoredReserve[],
  at: { readonly time: bigint; readonly prices: readonly bigint[]; readonly isInMode: boolean; readonly revision: PoolRevision },
): PoolLine[] {
  return lines.map((line, k): PoolLine => {
    const reserve = reserves[k] as StoredReserve;
    const asset = poolAsset(k);
    const seconds = at.time - BigInt(reserve.updatedAt);
    const own: CollateralTerms = asset.name === 'retired' ? { ...asset, loanToValueBps: 0n } : asset;
    const { loanToValueBps, thresholdBps, bonusBps } = termsInMode(own, at.isInMode && asset.isInMode ? POOL_MODE : null, at.revision);
    return {
      loanToValueBps,
      thresholdBps,
      bonusBps,
      decimals: asset.decimals,
      priceBase: at.prices[k] as bigint,
      protocolFeeBps: asset.protocolFeeBps,
      supplyIndexRay: supplyIndexRay({ indexRay: reserve.supplyIndex, rateRay: reserve.supplyRate, seconds }),
      debtIndexRay: debtIndexRay({ indexRay: reserve.debtIndex, rateRay: reserve.debtRate, seconds }, at.revision),
      scaledSupply: line.scaledSupply,
      scaledDebt: line.scaledDebt,
      isCollateral: line.isCollateral,
    };
  });
}

/** The engine's account in the pool's words: no debt is the largest number. */
export function inPoolWords(state: AccountState): ChainState['account'] {
  const { healthFactorWad, ...rest } = state;
  return { ...rest, healthFactor: healthFactorWad ?? 2n ** 256n - 1n };
}

/** The engine's lines with the balances that the pool reports of them. */
export function reported(lines: readonly PoolLine[], revision: PoolRevision): ChainLine[] {
  return lines.map((line) => ({
    scaledSupply: line.scaledSupply,
    scaledDebt: line.scaledDebt,
    supply: supplyAmount(line.scaledSupply, line.supplyIndexRay, revision),
    debt: debtAmount(line.scaledDebt, line.debtIndexRay, revision),
    isCollateral: line.isCollateral,
  }));
}
