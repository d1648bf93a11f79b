import { expect, test } from 'vitest';
import type { BookContents } from '../../../main/domain/book.ts';
import { traceCascade, type CascadeTrace } from '../../../main/engine/scenario/trace-cascade.ts';
import { packBook } from '../../../main/services/pack.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

/** Two equal vaults of 800,000 DAI against 700 WETH, and nothing else. */
function vaults(typeLimitUsd: number | null, venueLimitUsd: number | null = null): BookContents {
  const contents = sampleContents();
  const [account] = contents.accounts.filter((each) => each.id === 'VAULT-1');
  if (account === undefined) throw new Error('the sample has no vault');
  const positions = contents.positions.filter((position) => position.accountId === 'VAULT-1');
  return {
    ...contents,
    venues: contents.venues.map((venue) =>
      venue.parameters.family === 'vault'
        ? {
            ...venue,
            parameters: {
              ...venue.parameters,
              auctionLimitUsd: venueLimitUsd,
              collateralTypes: venue.parameters.collateralTypes.map((type) => ({ ...type, auctionLimitUsd: typeLimitUsd })),
            },
          }
        : venue,
    ),
    accounts: [account, { ...account, id: 'VAULT-2' }],
    positions: [...positions, ...positions.map((position) => ({ ...position, id: `${position.id}b`, accountId: 'VAULT-2' }))],
    pledges: [],
  };
}

function fallOf(contents: BookContents): CascadeTrace {
  const packed = packBook(contents, { ...sampleSnapshot(0), depth: [] }, sampleScenarioSet());
  if (!packed.ok) throw new Error(packed.failure.message);
  const { value } = packed;
  const moves = Float64Array.from(value.driverIds, (id) => (id === 'ETH' ? -0.2 : 0));
  const rules = { depthThinningFraction: 0, maxRounds: 60, includeCrowd: true };
  return traceCascade(
    { packedId: value.packed.id, quantities: null, moves, volatilityShift: 0, rules },
    new Map([[value.packed.id, value.packed]]),
  );
}

test('without a limit every unsafe vault goes to auction in the first round', () => {
  expect([...fallOf(vaults(null)).result.fallenRound]).toEqual([1, 1]);
});

test('with room for one vault the second waits for the next round, by the limit of its type or of its venue', () => {
  const room = 800_000 * 1.13;
  expect([...fallOf(vaults(room)).result.fallenRound]).toEqual([1, 2]);
  expect([...fallOf(vaults(null, room)).result.fallenRound]).toEqual([1, 2]);
});

test('a vault larger than the room is auctioned in part, and what is left of it may be safe again', () => {
  const { result } = fallOf(vaults(500_000 * 1.13));
  expect([...result.fallenRound]).toEqual([1, 2]);
  expect(result.rounds).toBe(2);
  result.debtQuantity.forEach((debt) => expect(debt).toBeCloseTo(300_000, 6));
});
