import type { RootCauses } from '../../main/contract/root-causes.ts';

/** Two falls: MKR-A at the shock itself, DRB-ETH because MKR-A and the crowd of Aave sold ether. */
export const sampleCauses: RootCauses = {
  falls: [
    {
      accountId: 'MKR-A',
      round: 1,
      beforeUsd: 0.9e6,
      shockUsd: -1.1e6,
      parts: [],
      restUsd: 0,
      atFallUsd: -0.2e6,
      words: 'MKR-A falls in round 1, 200.0 k short',
    },
    {
      accountId: 'DRB-ETH',
      round: 2,
      beforeUsd: 2e6,
      shockUsd: -1.7e6,
      parts: [{ moveId: 'ETH price before 2', excessUsd: -0.5e6 }],
      restUsd: 0,
      atFallUsd: -0.2e6,
      words: 'DRB-ETH falls in round 2, 200.0 k short',
    },
  ],
  moves: [
    {
      id: 'ETH price before 2',
      assetId: 'ETH',
      kind: 'price',
      beforeRound: 2,
      moved: -0.03,
      shares: [
        { sellerId: 'crowd of aave-v3 at the shock before 2', moved: -0.027 },
        { sellerId: 'MKR-A before 2', moved: -0.003 },
      ],
      otherMoved: 0,
      words: 'ETH −3.0 % from the shock to round 2',
    },
  ],
  sellers: [
    {
      id: 'crowd of aave-v3 at the shock before 2',
      kind: 'crowdAtShock',
      accountId: null,
      venueId: 'aave-v3',
      venueName: 'Aave v3',
      beforeRound: 2,
      soldUsd: 212e6,
      reasons: [],
      words: 'borrowers at Aave v3 below their requirement at the shock itself: 212 M sold',
    },
    {
      id: 'MKR-A before 2',
      kind: 'account',
      accountId: 'MKR-A',
      venueId: 'maker',
      venueName: 'Maker',
      beforeRound: 2,
      soldUsd: 3.5e6,
      reasons: [],
      words: 'MKR-A: 3.5 M closed by force',
    },
  ],
};
