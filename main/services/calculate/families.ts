import { calculateCascadeConstantProduct } from './cascade-constant-product.ts';
import { calculateCollateralLookThrough } from './collateral-look-through.ts';
import { calculateContagionFireSales } from './contagion-fire-sales.ts';
import { calculateAutoDeleveraging } from './cascade/auto-deleveraging.ts';
import { calculateCircuitBreaker } from './cascade/circuit-breaker.ts';
import { calculateEisenbergNoe, calculateRogersVeraart } from './contagion/clearing.ts';
import { calculateInterbankValuation } from './contagion/interbank.ts';
import { calculateLeverageFireSale } from './contagion/leverage-fire-sale.ts';
import { calculateOverlapIndices } from './contagion/overlap.ts';
import { calculateInterconnectionSurplus } from './interconnection-surplus.ts';
import { calculateCollateralActions } from './collateral-actions.ts';
import { calculateAaveContract } from './lending-aave.ts';
import { calculateAaveMath } from './lending-aave-math.ts';
import { calculateComet, calculateMaker, calculateMorpho } from './lending-markets.ts';
import { calculateLiquidationDistance } from './liquidation-distance.ts';
import { calculateLiquidityLimits } from './liquidity-limits.ts';
import { calculateDerivePortfolio } from './margin/derive-portfolio.ts';
import { calculateDeriveStandard } from './margin/derive-standard.ts';
import { calculateMarginConstrainedCvar } from './margin-constrained-cvar.ts';
import { calculateMarginPerpsCex } from './margin-perps-cex.ts';
import {
  calculateImpliedVolatility,
  calculateInverseOption,
  calculateInversePayoff,
  calculatePublishedOptions,
  calculateRationalOption,
  calculateSpotOption,
} from './options.ts';
import { calculateImpactDefi } from './market/impact-defi.ts';
import { calculateUniswapV3 } from './market/uniswap-v3.ts';
import { calculateOptimisationCvarHedge } from './optimisation-cvar-hedge.ts';
import { calculateRequirementGreeks } from './requirement/requirement-greeks.ts';
import { calculateEndogenousCorrelation } from './risk/endogenous-correlation.ts';
import { calculateNoTradeBands } from './risk/no-trade-bands.ts';
import type { CaseFunction } from './case-values.ts';

/**
 * The adapter of each file of outside numbers, by the file's own name. A new family is one adapter beside this file and one
 * line here; it may answer with a promise, and an error it throws while parsing becomes the case's named error.
 */
export const families: Readonly<Record<string, CaseFunction>> = {
  options_bs_published: calculatePublishedOptions,
  options_bs_highprecision: calculateSpotOption,
  options_bs_limits: calculateSpotOption,
  options_implied_vol: calculateImpliedVolatility,
  options_inverse_coin: calculateInverseOption,
  options_inverse_payoff: calculateInversePayoff,
  options_lets_be_rational: calculateRationalOption,
  lending_aave_contract: calculateAaveContract,
  lending_aave_math_utils: calculateAaveMath,
  lending_comet: calculateComet,
  lending_maker: calculateMaker,
  lending_morpho: calculateMorpho,
  liquidation_distance: calculateLiquidationDistance,
  margin_derive_srm: calculateDeriveStandard,
  margin_derive_srm_portfolio: calculateDeriveStandard,
  margin_derive_pmrm_v2: calculateDerivePortfolio,
  margin_perps_cex: calculateMarginPerpsCex,
  requirement_greeks: calculateRequirementGreeks,
  liquidity_limits: calculateLiquidityLimits,
  collateral_actions: calculateCollateralActions,
  margin_constrained_cvar: calculateMarginConstrainedCvar,
  optimisation_cvar_hedge: calculateOptimisationCvarHedge,
  collateral_look_through: calculateCollateralLookThrough,
  cascade_constant_product: calculateCascadeConstantProduct,
  interconnection_surplus: calculateInterconnectionSurplus,
  auto_deleveraging_queue: calculateAutoDeleveraging,
  circuit_breaker_insurance: calculateCircuitBreaker,
  endogenous_correlation: calculateEndogenousCorrelation,
  overlap_indices: calculateOverlapIndices,
  no_trade_bands: calculateNoTradeBands,
  contagion_fire_sales: calculateContagionFireSales,
  market_impact_defi: calculateImpactDefi,
  market_uniswap_v3: calculateUniswapV3,
  contagion_eisenberg_noe: calculateEisenbergNoe,
  contagion_rogers_veraart: calculateRogersVeraart,
  contagion_debtrank_furfine_neva: calculateInterbankValuation,
  contagion_firesale_eba48: calculateLeverageFireSale,
};
