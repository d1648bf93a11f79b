import { answerLayout } from '../../../../../renderer/features/network/layout/layout-messages.ts';
import { largeNetwork } from '../../../../support/large-network.ts';
import type { Benchmark } from '../../../../bench/benchmark.ts';

const stage = { width: 1000, height: 500 };
const large = largeNetwork(5_000, 10_000);
const readable = largeNetwork(80, 160);

/** What the worker of the Network screen does. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'layout of a network of 5,000 nodes and 10,000 edges',
    run: () => answerLayout({ graph: large, stage }, () => undefined),
    limitCpuMs: 2_000,
  },
  {
    name: 'layout of the largest network that is read at once',
    run: () => answerLayout({ graph: readable, stage }, () => undefined),
    limitCpuMs: 2_000,
  },
];
