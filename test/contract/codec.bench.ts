import { decode, encode } from '../../main/contract/codec.ts';
import type { Benchmark } from '../bench/benchmark.ts';

const positions = Array.from({ length: 10_000 }, (_, at) => ({
  positionId: `position-${at}`,
  quantity: String(at * 1.25),
  valueUsd: at % 97 === 0 ? Infinity : at * 3.5,
  lookThroughUsd: { ETH: at, BTC: -at / 7 },
  isStale: at % 5 === 0,
}));

/** What the exact wire form costs over plain JSON, which loses infinities. */
export const benchmarks: Benchmark[] = [
  {
    name: '10,000 rows through the wire form and back',
    run: () => decode(encode(positions)),
    twin: () => JSON.parse(JSON.stringify(positions)) as unknown,
    limitCpuMs: 300,
  },
];
