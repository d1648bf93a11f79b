import { expect, test } from 'vitest';
import { CROWD_COLUMNS, readCrowdList } from '../../main/market/crowd-list.ts';

const usual = { venueId: 'aave', bonusFraction: 0.05 };
const read = (lines: readonly string[], columns: readonly string[] = CROWD_COLUMNS) =>
  readCrowdList(
    columns,
    lines.map((line, i) => ({ line: i + 2, cells: line.split(',') })),
    usual,
  );

test('rows of one owner are one borrower, with a threshold per collateral and the usual venue and bonus', () => {
  const { accounts, rejected } = read(['0xa,WETH,10,USDC,9000,0.8', '0xa,stETH,2,,,0.75', '0xb,WBTC,1,DAI,100,0.7']);
  expect(rejected).toEqual([]);
  expect(accounts).toEqual([
    {
      id: '0xa',
      venueId: 'aave',
      collateral: [
        { assetId: 'WETH', quantity: 10, liquidationThresholdFraction: 0.8 },
        { assetId: 'stETH', quantity: 2, liquidationThresholdFraction: 0.75 },
      ],
      debt: [{ assetId: 'USDC', quantity: 9000 }],
      liquidationBonusFraction: 0.05,
    },
    {
      id: '0xb',
      venueId: 'aave',
      collateral: [{ assetId: 'WBTC', quantity: 1, liquidationThresholdFraction: 0.7 }],
      debt: [{ assetId: 'DAI', quantity: 100 }],
      liquidationBonusFraction: 0.05,
    },
  ]);
});

test('a venue and a bonus of its own are kept, and the same owner elsewhere is another borrower', () => {
  const { accounts } = read(['0xa,WETH,1,DAI,5,0.8,maker,0.13', '0xa,WETH,1,DAI,5,0.8,,'], [...CROWD_COLUMNS, 'venue', 'bonus']);
  expect(accounts.map(({ venueId, liquidationBonusFraction }) => [venueId, liquidationBonusFraction])).toEqual([
    ['maker', 0.13],
    ['aave', 0.05],
  ]);
});

test.each([
  ['0xa,WETH,ten,DAI,5,0.8', 'collateral'],
  [',WETH,1,DAI,5,0.8', 'owner'],
  ['0xa,,1,DAI,5,0.8', 'collateral_asset'],
  ['0xa,WETH,1,,5,0.8', 'debt_asset'],
  ['0xa,WETH,1,DAI,5,1.2', 'threshold'],
  ['0xa,WETH,1,DAI,5,', 'threshold'],
  ['0xa,,,,,', 'collateral'],
])('%s is left out with the column that is wrong', (line, column) => {
  expect(read([line])).toMatchObject({ accounts: [], rejected: [{ line: 2, column }] });
});
