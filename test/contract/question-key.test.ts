import { expect, test } from 'vitest';
import { decode, encode } from '../../main/contract/codec.ts';
import { cascadeKey, fanKey, phaseMapKey } from '../../main/contract/question-key.ts';
import { sampleCascade } from '../support/sample-cascade.ts';
import { sampleFan } from '../support/sample-fan.ts';
import { samplePhaseMap } from '../support/sample-phase-map.ts';

test('an answer has one name on both sides of the wire, eight hexadecimal digits', () => {
  for (const [here, there] of [
    [cascadeKey(sampleCascade), cascadeKey(decode(encode(sampleCascade)) as typeof sampleCascade)],
    [fanKey(sampleFan), fanKey(decode(encode(sampleFan)) as typeof sampleFan)],
    [phaseMapKey(samplePhaseMap), phaseMapKey(decode(encode(samplePhaseMap)) as typeof samplePhaseMap)],
  ]) {
    expect(here).toMatch(/^[0-9a-f]{8}$/);
    expect(there).toBe(here);
  }
});

test('another shock, assumption, spread or size of the fan or map is another name', () => {
  const thinner = { ...sampleCascade.assumptions, depthThinningFraction: 0.6 };
  const deeper = { ...sampleCascade.shock, moves: { ...sampleCascade.shock.moves, ETH: -0.19 } };
  const names = [
    cascadeKey(sampleCascade),
    cascadeKey({ ...sampleCascade, assumptions: thinner }),
    cascadeKey({ ...sampleCascade, shock: deeper }),
    fanKey(sampleFan),
    fanKey({ ...sampleFan, draws: 201 }),
    fanKey({ ...sampleFan, spread: { ...sampleFan.spread, seed: 8 } }),
    phaseMapKey(samplePhaseMap),
    phaseMapKey({ ...samplePhaseMap, scales: [0.5, 2] }),
    phaseMapKey({ ...samplePhaseMap, amplificationLevel: 2 }),
  ];
  expect(new Set(names).size).toBe(names.length);
});
