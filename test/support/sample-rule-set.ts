import type { RuleSetComparison } from '../../main/contract/rule-set.ts';

const source = { source: 'invented', asOf: '2026-01-01', notes: ['What no public source settles.'], findings: [] };

/** A comparison with one row of each shape: in force, eligible, and not. */
export const sampleRuleSet: RuleSetComparison = {
  accountId: 'AAV-CORE',
  venueName: 'Aave v3',
  snapshotAsOf: '2026-02-05T21:29:37Z',
  rows: [
    {
      id: 'inForce',
      kind: 'inForce',
      title: 'Aave v3, LT 81 %',
      status: 'in force',
      why: 'Half of the debt is closed at a time.',
      measures: {
        resourcesUsd: 49_945_000,
        requirementUsd: 36_537_000,
        excessUsd: 13_408_000,
        healthFactor: 1.367,
        availableBorrowUsd: 11_866_000,
        aloneMove: -0.387,
        jointMove: -0.188,
        byDriver: [{ driver: 'ETH', downMove: -0.387, upMove: null }],
        interestDays: 2496.3,
        ratePointUsd: -30_154,
      },
      ...source,
    },
    {
      id: 'edited:threshold:wstETH:0.9',
      kind: 'edited',
      title: 'Threshold of wstETH 90 %',
      status: 'hypothetical',
      why: 'Edited: 81 % → 90 %, for everybody at Aave v3.',
      measures: {
        resourcesUsd: 55_494_000,
        requirementUsd: 36_537_000,
        excessUsd: 18_957_000,
        healthFactor: 1.519,
        availableBorrowUsd: 11_866_000,
        aloneMove: null,
        jointMove: -0.24,
        byDriver: [{ driver: 'ETH', downMove: null, upMove: null }],
        interestDays: { reason: 'missingPrice', message: 'no borrow rate of WETH at Aave v3 is recorded' },
        ratePointUsd: { reason: 'missingPrice', message: 'no borrow rate of WETH at Aave v3 is recorded' },
      },
      ...source,
    },
    {
      id: 'mode:emode:1',
      kind: 'efficiencyMode',
      title: 'Aave v3 eMode 1, LT 95 %',
      status: 'not eligible',
      why: 'USDC not borrowable in this eMode',
      measures: null,
      ...source,
      findings: [{ kind: 'notInMode', isBlocking: true, text: 'USDC not borrowable in this eMode' }],
    },
  ],
  editable: [{ key: 'threshold:wstETH', label: 'Threshold of wstETH', value: 0.81, unit: 'fraction' }],
  elapsedMs: 900,
};
