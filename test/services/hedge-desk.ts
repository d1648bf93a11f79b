import type { Account } from '../../main/domain/account.ts';
import type { Asset } from '../../main/domain/asset.ts';
import type { BookContents } from '../../main/domain/book.ts';
import type { Instrument } from '../../main/domain/instrument.ts';
import type { Position } from '../../main/domain/position.ts';
import type { ScenarioSet } from '../../main/domain/scenario.ts';
import type { Snapshot } from '../../main/domain/snapshot.ts';
import type { Venue } from '../../main/domain/venue.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { hedgeBook } from '../../main/services/hedge/hedge-book.ts';
import { prepareSetting } from '../../main/services/hedge/prepare.ts';
import type { Setting } from '../../main/services/hedge/setting.ts';

/** A made-up desk: lending accounts of ether against dollars, a perpetual account, and idle cash. Amounts in units. */
export type Desk = {
  readonly loans: readonly { readonly id: string; readonly eth: number; readonly usdc: number }[];
  readonly perpetual?: { readonly cash: number; readonly eth: number };
  readonly cash: number;
  /** ETH in the market's constant product; the less, the more a forced sale moves the price. */
  readonly reserveEth: number;
  readonly crowd?: readonly { readonly eth: number; readonly usdc: number }[];
};

/** Price of ether on the made-up desk's day. */
export const ethUsd = 2000;
const asOf = '2026-02-05T21:00:00Z';
const sourced = { source: 'made up for the test', asOf: '2026-02-05', notes: [] };

const venues: readonly Venue[] = [
  {
    id: 'lender',
    name: 'Lender',
    mark: 'LND',
    parameters: {
      family: 'isolatedMarket',
      ...sourced,
      incentiveCursor: 0.3,
      incentiveMaximum: 1.15,
      markets: [{ id: 'eth-usdc', collateralAssetId: 'ETH', loanAssetId: 'USDC', liquidationLoanToValueFraction: 0.8, source: 'made up' }],
    },
  },
  {
    id: 'exchange',
    name: 'Exchange',
    mark: 'EXC',
    parameters: {
      family: 'tieredPerpetual',
      ...sourced,
      collaterals: [{ assetId: 'USDC', haircutFraction: 0 }],
      liquidationFeeFraction: 0.01,
      takerFeeFraction: 0.0005,
      markets: [
        {
          underlyingId: 'ETH',
          tiers: [{ floorUsd: 0, capUsd: null, maintenanceRateFraction: 0.02, deductionUsd: 0, initialRateFraction: 0.05 }],
          source: 'made up',
        },
      ],
    },
  },
  { id: 'safe', name: 'Custody', mark: 'CST', parameters: { family: 'custody', ...sourced } },
];

const assets: readonly Asset[] = (['ETH', 'USDC'] as const).map((id) => ({
  id,
  name: id,
  kind: id === 'ETH' ? 'base' : 'stable',
  issuer: null,
  chain: null,
  oracle: null,
  backing: [],
  marketId: null,
}));

const perpetual: Instrument = {
  kind: 'perpetual',
  id: 'exchange:ETH',
  name: 'ETH-PERP',
  venueId: 'exchange',
  underlyingId: 'ETH',
  settlement: 'linear',
  settlementAssetId: 'USDC',
  contractSize: '1',
  lotSize: '0.01',
};
const instruments: readonly Instrument[] = [
  { kind: 'supplied', id: 'supplied:ETH', name: 'ETH supplied', venueId: null, assetId: 'ETH' },
  { kind: 'borrowed', id: 'borrowed:USDC', name: 'USDC borrowed', venueId: null, assetId: 'USDC' },
  { kind: 'spot', id: 'spot:USDC', name: 'USDC', venueId: null, assetId: 'USDC' },
  perpetual,
];

/** Scenarios of the made-up desk: the reference is ETH −18 %. */
export const deskSet: ScenarioSet = {
  id: 'desk',
  name: 'Desk',
  reference: { moves: { ETH: -0.18 }, volatilityShift: 0.3 },
  betas: { ETH: 1 },
  spotMoves: [-0.3, -0.18, -0.1, 0, 0.1, 0.3],
  volatilityShifts: [0, 0.3],
  cascade: { depthThinningFraction: 0.5, maxRounds: 40, includeCrowd: true },
  confidence: 0.95,
  historyDays: 60,
  isVolatilityScaled: false,
  volatilityPerMove: -1,
  watchUseFraction: 0.7,
  dangerUseFraction: 0.85,
  gasUsd: 10,
  source: 'made up for the test',
};

/** The desk's book. Quantities are written with cents. */
export function deskContents(desk: Desk): BookContents {
  const accounts: Account[] = desk.loans.map((loan) => accountOf(loan.id, 'lender', 'eth-usdc'));
  const positions: Position[] = desk.loans.flatMap((loan) => [
    positionOf(loan.id, 'supplied:ETH', loan.eth),
    positionOf(loan.id, 'borrowed:USDC', -loan.usdc),
  ]);
  if (desk.perpetual) {
    accounts.push(accountOf('PRP', 'exchange', null));
    positions.push(positionOf('PRP', 'spot:USDC', desk.perpetual.cash), positionOf('PRP', 'exchange:ETH', desk.perpetual.eth));
  }
  accounts.push(accountOf('CST', 'safe', null));
  positions.push(positionOf('CST', 'spot:USDC', desk.cash));
  return { name: 'Desk', venues: [...venues], accounts, assets: [...assets], instruments: [...instruments], positions, pledges: [] };
}

/** The desk's market: one pool of ether, 60 days of small moves, the crowd. */
export function deskSnapshot(desk: Desk): Snapshot {
  const history = Array.from({ length: 61 }, (_, day) => ({
    day: new Date(Date.UTC(2025, 11, 6 + day)).toISOString().slice(0, 10),
    closeUsd: { ETH: ethUsd * (1 + 0.05 * Math.sin(day * 1.7) + 0.03 * Math.cos(day * 0.9)) },
  }));
  return {
    id: 'day',
    name: 'Day',
    asOf,
    source: 'made up for the test',
    quotes: [
      { assetId: 'ETH', priceUsd: ethUsd, source: 'made up', asOf, intervalMs: null },
      { assetId: 'USDC', priceUsd: 1, source: 'made up', asOf, intervalMs: null },
    ],
    listings: [
      {
        instrument: perpetual,
        bid: ethUsd - 0.2,
        ask: ethUsd + 0.2,
        mark: ethUsd,
        underlyingPriceUsd: ethUsd,
        impliedVolatility: null,
        openInterest: null,
        volume24h: 1_000_000,
        asOf,
      },
    ],
    depth: [{ id: 'ETH/USD', assetId: 'ETH', quoteAssetId: 'USD', reserveQuantity: desk.reserveEth, feeFraction: 0, source: 'made up' }],
    funding: [],
    reserves: [],
    crowd: (desk.crowd ?? []).map((borrower, index) => ({
      id: `crowd-${index}`,
      venueId: 'lender',
      collateral: [{ assetId: 'ETH', quantity: borrower.eth, liquidationThresholdFraction: 0.8 }],
      debt: [{ assetId: 'USDC', quantity: borrower.usdc }],
      liquidationBonusFraction: 0.06,
    })),
    history,
    dayBefore: [],
    assumptions: [],
  };
}

function accountOf(id: string, venueId: string, marketId: string | null): Account {
  return { id, venueId, name: id, kind: marketId === null ? 'cross' : 'isolated', parentId: null, marketId, settlementAssetId: null };
}

function positionOf(accountId: string, instrumentId: string, quantity: number): Position {
  return {
    id: `${accountId}/${instrumentId}`,
    accountId,
    instrumentId,
    quantity: quantity.toFixed(2),
    entryPrice: instrumentId === perpetual.id ? String(ethUsd) : null,
    openedAt: null,
  };
}

/** A desk prepared for hedging, with nothing known of how long transfers take; other contents than the desk's where given. */
export function deskSetting(desk: Desk, contents: BookContents = deskContents(desk)): Setting {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const use = { confidence: deskSet.confidence, pool: createInlinePool(), context };
  const prepared = prepareSetting(hedgeBook(contents, deskSnapshot(desk), deskSet), use);
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.value;
}
