import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolRelease } from '../support/chain/aave/pool-market.ts';
import { findChainBinary, startChain, type ChainNode } from '../support/chain/node.ts';
import type { Judgement } from './judgement.ts';
import { bookPool, judgeLimits, judgeLiquidations, judgeShares, judgeStates, type BookedPool } from './pool-judgement.ts';

const LIMIT_MS = 600_000;

/** What the deployed contracts of a release are asked to confirm of the engine, to the unit. */
export function claimsOfPool(release: PoolRelease): void {
  const binary = findChainBinary();
  describe.skipIf('missing' in binary)(`${release.name}${'missing' in binary ? ` (skipped: ${binary.missing})` : ''}`, () => {
    let node: ChainNode | undefined;
    let pool: BookedPool;
    beforeAll(async () => {
      node = await startChain();
      pool = await bookPool(node, release);
    }, LIMIT_MS);
    afterAll(() => node?.stop());

    const settle = (judgement: Judgement, atLeast: number): void => {
      const kinds = [...judgement.counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
      console.info(`${release.name}: ${judgement.compared} compared${kinds === '' ? '' : ` (${kinds})`}`);
      expect(judgement.differences.slice(0, 3)).toEqual([]);
      expect(judgement.compared).toBeGreaterThanOrEqual(atLeast);
    };

    test(
      'worth, health factor, available borrow and accrued balances are the engine’s on 2,000 states and more',
      async () => {
        const judgement = await judgeStates(pool, 36);
        settle(judgement, 2_000);
        const needed = ['exactlyOne', 'liquidatable', 'withoutDebt', 'inMode', 'inIsolation', 'severalDebts', 'sameAssetOnBothSides'];
        for (const kind of needed) expect(judgement.counts.get(kind), kind).toBeGreaterThan(0);
      },
      LIMIT_MS,
    );

    test('deposits, withdrawals, loans and repayments move the scaled balances that the engine says', async () => {
      settle(await judgeShares(pool, 120), 120);
    });

    test(
      'an account is liquidatable at the engine’s limit price of an asset, and is not one unit before it',
      async () => {
        const judgement = await judgeLimits(pool);
        settle(judgement, 300);
        expect(judgement.counts.get('incomplete')).toBeUndefined();
      },
      LIMIT_MS,
    );

    test(
      'a liquidation repays, seizes, pays the protocol, leaves and writes off what the engine says on 2,000 states and more',
      async () => {
        const judgement = await judgeLiquidations(pool, 48);
        settle(judgement, 2_000);
        for (const kind of ['done', 'healthy', 'badDebt', ...Object.keys(release.refusals).filter((each) => each === 'leavesDust')]) {
          expect(judgement.counts.get(kind), kind).toBeGreaterThan(0);
        }
      },
      LIMIT_MS,
    );
  });
}
