import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileSolidity } from '../support/chain/compile.ts';
import { deploy, deployable } from '../support/chain/deploy.ts';
import { findChainBinary, GENESIS_SECONDS, startChain, type ChainNode } from '../support/chain/node.ts';

const binary = findChainBinary();
const COUNTER = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.0;
library Adding { function add(uint256 a, uint256 b) external pure returns (uint256) { return a + b; } }
contract Counter {
  uint256 public count;
  constructor(uint256 start) { count = start; }
  function later(uint256 step) external view returns (uint256, uint256) { return (Adding.add(count, step), block.timestamp); }
}`;

describe.skipIf('missing' in binary)(`a real EVM node ${'missing' in binary ? `(skipped: ${binary.missing})` : ''}`, () => {
  let node: ChainNode;
  beforeAll(async () => {
    node = await startChain();
  });
  afterAll(() => node.stop());

  test.each(['solc', 'solc0819'] as const)('runs what %s compiled, linked to its library, at a time of our choice', async (compiler) => {
    const compiled = await compileSolidity({
      compiler,
      files: [],
      texts: { 'Counter.sol': COUNTER },
      evmVersion: 'paris',
      optimizerRuns: 200,
    });
    const adding = await deploy(node, deployable(compiled, 'Adding'));
    const counter = await deploy(node, deployable(compiled, 'Counter'), { args: [40n], libraries: { Adding: adding.address } });
    const time = GENESIS_SECONDS + 86_400n;
    const answer = await node.client.readContract({
      ...counter,
      functionName: 'later',
      args: [2n],
      blockOverrides: { time },
      stateOverride: [{ address: counter.address, stateDiff: [{ slot: `0x${'0'.repeat(64)}`, value: `0x${'0'.repeat(62)}64` }] }],
    });
    expect(answer).toEqual([102n, time]);
  });
});
