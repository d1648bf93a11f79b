import type { BookContents } from '../../main/domain/book.ts';
import { sampleVenues } from './sample-system-venues.ts';

/*
 * A small invented system with one of everything: a pool borrower with a staking loop, an isolated market with a vault share
 * that lends to it, a vault, an absorbed market, a perpetual and an options account, custody, and a crowd.
 */
const plain = { issuer: null, chain: null, oracle: null, marketId: null };
const assets: BookContents['assets'] = [
  { id: 'BTC', name: 'Bitcoin', kind: 'base', backing: [], ...plain },
  { id: 'ETH', name: 'Ether', kind: 'base', backing: [], ...plain },
  { id: 'USDC', name: 'Dollar coin', kind: 'stable', backing: [], ...plain },
  { id: 'DAI', name: 'Dai', kind: 'stable', backing: [], ...plain },
  {
    id: 'WETH',
    name: 'Wrapped ether',
    kind: 'wrapper',
    backing: [{ assetId: 'ETH', quantityPerUnit: '1', source: 'one to one' }],
    ...plain,
  },
  {
    id: 'stETH',
    name: 'Staked ether',
    kind: 'wrapper',
    backing: [{ assetId: 'ETH', quantityPerUnit: '1', source: 'one to one' }],
    ...plain,
  },
  {
    id: 'wstETH',
    name: 'Wrapped staked ether',
    kind: 'wrapper',
    backing: [{ assetId: 'stETH', quantityPerUnit: '1.2', source: 'invented' }],
    ...plain,
  },
  {
    id: 'LOAN-S',
    name: 'Lent against VLT',
    kind: 'debtClaim',
    backing: [{ assetId: 'USDC', quantityPerUnit: '1', source: 'one to one' }],
    ...plain,
    marketId: 'isolated/share',
  },
  {
    id: 'VLT',
    name: 'Vault share',
    kind: 'share',
    backing: [
      { assetId: 'wstETH', quantityPerUnit: '0.0002', source: 'invented' },
      { assetId: 'LOAN-S', quantityPerUnit: '0.3', source: 'invented' },
      { assetId: 'USDC', quantityPerUnit: '0.22', source: 'invented' },
    ],
    ...plain,
  },
];

const margin = { underlyingId: 'ETH', settlementAssetId: 'ETH', contractSize: '1', lotSize: '1' } as const;
const holding = (kind: 'spot' | 'supplied' | 'borrowed', assetId: string): BookContents['instruments'][number] => ({
  kind,
  id: `${kind}:${assetId}`,
  name: `${kind} ${assetId}`,
  venueId: null,
  assetId,
});
/** What the sample accounts hold and trade. */
export const sampleInstruments: BookContents['instruments'] = [
  ...['USDC', 'ETH', 'VLT'].map((id) => holding('spot', id)),
  ...['wstETH', 'WETH', 'VLT'].map((id) => holding('supplied', id)),
  ...['USDC', 'WETH', 'DAI'].map((id) => holding('borrowed', id)),
  {
    kind: 'perpetual',
    id: 'perps:ETH',
    name: 'ETH perpetual',
    venueId: 'perps',
    ...margin,
    settlement: 'linear',
    settlementAssetId: 'USDC',
  },
  {
    kind: 'perpetual',
    id: 'options:ETH-PERP',
    name: 'ETH inverse perpetual',
    venueId: 'options',
    ...margin,
    settlement: 'inverse',
    contractSize: '10',
  },
  {
    kind: 'option',
    id: 'options:P1800',
    name: 'ETH put 1800',
    venueId: 'options',
    ...margin,
    settlement: 'inverse',
    expiry: '2026-02-27T08:00:00Z',
    optionType: 'put',
    strike: '1800',
  },
  {
    kind: 'option',
    id: 'options:C2600',
    name: 'ETH call 2600',
    venueId: 'options',
    ...margin,
    settlement: 'inverse',
    expiry: '2026-02-27T08:00:00Z',
    optionType: 'call',
    strike: '2600',
  },
];

const accountRows: readonly (readonly [string, string, string | null])[] = [
  ['POOL-1', 'pool', null],
  ['POOL-LOOP', 'pool', 'emode:1'],
  ['ISO-W', 'isolated', 'wsteth'],
  ['ISO-S', 'isolated', 'share'],
  ['VAULT-1', 'vaults', 'ETH-A'],
  ['BASE-1', 'base', 'usdc'],
  ['PERP-1', 'perps', null],
  ['OPT-1', 'options', null],
  ['CUSTODY', 'custody', null],
];

const positionRows: readonly (readonly [string, string, string])[] = [
  ['POOL-1', 'supplied:wstETH', '2000'],
  ['POOL-1', 'borrowed:USDC', '-2100000'],
  ['POOL-1', 'borrowed:WETH', '-500'],
  ['POOL-LOOP', 'supplied:wstETH', '1000'],
  ['POOL-LOOP', 'borrowed:WETH', '-1090'],
  ['ISO-W', 'supplied:wstETH', '800'],
  ['ISO-W', 'borrowed:USDC', '-1150000'],
  ['ISO-S', 'supplied:VLT', '2000000'],
  ['ISO-S', 'borrowed:USDC', '-1380000'],
  ['VAULT-1', 'supplied:WETH', '700'],
  ['VAULT-1', 'borrowed:DAI', '-800000'],
  ['BASE-1', 'supplied:WETH', '400'],
  ['BASE-1', 'borrowed:USDC', '-560000'],
  ['PERP-1', 'spot:USDC', '500000'],
  ['PERP-1', 'perps:ETH', '1200'],
  ['OPT-1', 'spot:ETH', '300'],
  ['OPT-1', 'options:P1800', '-900'],
  ['OPT-1', 'options:C2600', '-500'],
  ['OPT-1', 'options:ETH-PERP', '-20000'],
  ['CUSTODY', 'spot:USDC', '1000000'],
  ['CUSTODY', 'spot:VLT', '100000'],
];

/** The book of the sample system. */
export function sampleContents(): BookContents {
  return {
    name: 'Sample system',
    venues: sampleVenues,
    accounts: accountRows.map(([id, venueId, marketId]) => ({
      id,
      venueId,
      name: id,
      kind: 'cross' as const,
      parentId: null,
      marketId,
      settlementAssetId: null,
    })),
    assets,
    instruments: sampleInstruments,
    positions: positionRows.map(([accountId, instrumentId, quantity], i) => ({
      id: `p${i}`,
      accountId,
      instrumentId,
      quantity,
      entryPrice: instrumentId.includes('perp') || instrumentId.includes('PERP') ? '2050' : null,
      openedAt: null,
    })),
    pledges: [
      {
        id: 'pledge/1',
        accountId: 'POOL-1',
        assetId: 'wstETH',
        quantity: '2000',
        pledgeeVenueId: 'pool',
        obligation: 'USDC and WETH borrowed',
        isReusable: true,
      },
    ],
  };
}
