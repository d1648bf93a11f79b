/** Institutions that hold marketable assets and keep their leverage: all matrices institution × asset, row-major. */
export type LeveragedHolders = {
  readonly assetsValue: Float64Array;
  readonly debtToEquity: Float64Array;
  readonly weights: Float64Array;
  /** Relative fall of an asset's price per unit of currency sold, >= 0. */
  readonly priceImpact: Float64Array;
  /** Relative return of each asset, negative = a fall. */
  readonly shock: Float64Array;
};

/** One round of fire sales. Returns are signed; vulnerabilities are shares of equity, positive = a loss. */
export type FireSaleRound = {
  readonly returnBeforeSales: Float64Array;
  /** Signed purchases that restore leverage, negative = sales. */
  readonly purchasesByHolder: Float64Array;
  readonly purchasesByAsset: Float64Array;
  readonly priceReturn: Float64Array;
  readonly returnFromSales: Float64Array;
  readonly aggregateVulnerability: number;
  readonly directAggregate: number;
  readonly systemicness: Float64Array;
  readonly indirectVulnerability: Float64Array;
  readonly directVulnerability: Float64Array;
};

/**
 * Spillover of deleveraging through common holdings, one round: holders hit by M f sell A B M f in proportion to their
 * weights, prices fall by L × sales, and everybody's holdings with them. AV = 1′A M L M′B A M f / Σ equity, sign turned.
 * Losses beyond equity are not capped.
 *
 * Source: R. Greenwood, A. Landier, D. Thesmar, "Vulnerable banks", J. Financial Economics 115 (2015) 471-485.
 */
export function fireSaleRound(holders: LeveragedHolders): FireSaleRound {
  const { assetsValue, debtToEquity, weights, priceImpact, shock } = holders;
  const n = assetsValue.length;
  const k = shock.length;
  const returnBeforeSales = portfolioReturn(weights, shock, n);
  const purchasesByHolder = assetsValue.map((value, i) => value * debtToEquity[i]! * returnBeforeSales[i]!);
  const purchasesByAsset = new Float64Array(k);
  for (let i = 0; i < n; i += 1) for (let j = 0; j < k; j += 1) purchasesByAsset[j]! += weights[i * k + j]! * purchasesByHolder[i]!;
  const priceReturn = purchasesByAsset.map((purchase, j) => purchase * priceImpact[j]!);
  const returnFromSales = portfolioReturn(weights, priceReturn, n);
  let equity = 0;
  let indirect = 0;
  let direct = 0;
  for (let i = 0; i < n; i += 1) {
    equity += assetsValue[i]! / (1 + debtToEquity[i]!);
    indirect -= assetsValue[i]! * returnFromSales[i]!;
    direct -= assetsValue[i]! * returnBeforeSales[i]!;
  }
  return {
    returnBeforeSales,
    purchasesByHolder,
    purchasesByAsset,
    priceReturn,
    returnFromSales,
    aggregateVulnerability: indirect / equity,
    directAggregate: direct / equity,
    systemicness: systemicness(holders, purchasesByHolder, equity),
    indirectVulnerability: returnFromSales.map((value, i) => -(1 + debtToEquity[i]!) * value),
    directVulnerability: returnBeforeSales.map((value, i) => -(1 + debtToEquity[i]!) * value),
  };
}

function portfolioReturn(weights: Float64Array, assetReturn: Float64Array, n: number): Float64Array {
  const k = assetReturn.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i += 1) for (let j = 0; j < k; j += 1) result[i]! += weights[i * k + j]! * assetReturn[j]!;
  return result;
}

/** Each holder's part of the aggregate vulnerability: what its own sales cost everybody. They sum to it. */
function systemicness({ assetsValue, weights, priceImpact }: LeveragedHolders, purchases: Float64Array, equity: number): Float64Array {
  const n = assetsValue.length;
  const k = priceImpact.length;
  const held = new Float64Array(k);
  for (let i = 0; i < n; i += 1) for (let j = 0; j < k; j += 1) held[j]! += assetsValue[i]! * weights[i * k + j]!;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < k; j += 1) result[i]! -= (held[j]! * priceImpact[j]! * weights[i * k + j]! * purchases[i]!) / equity;
  }
  return result;
}
