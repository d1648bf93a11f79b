import { expect, test } from 'vitest';
import { deltaShockUsd } from '../../../../main/engine/requirement/option-margin/scenario-add-ons.ts';
import { packOptionMargin } from '../../../../main/services/pack/pack-option-margin.ts';
import { shippedVenue } from '../../../support/option-venue-book.ts';

const [deribit] = packOptionMargin([shippedVenue('deribit-portfolio')]).optionMargin.scenarioModels;

test('a delta shock begins at its threshold without a jump and stops at its cap', () => {
  const terms = deribit?.terms ?? new Float64Array(0);
  expect(deltaShockUsd(20_000_000 / 60_000, 60_000, terms, 0)).toBe(0);
  expect(deltaShockUsd(-1000, 60_000, terms, 0)).toBeCloseTo((1000 - 20_000_000 / 60_000) * 0.00005 * 60_000_000, 3);
  expect(deltaShockUsd(100_000, 60_000, terms, 0)).toBeCloseTo(0.1 * 6e9, 3);
});
