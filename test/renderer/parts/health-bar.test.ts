import { expect, it } from 'vitest';
import { stateOfUse } from '../../../renderer/parts/health-bar.tsx';

it('one pair of limits separates safe, watched and in danger', () => {
  expect(stateOfUse(0.7)).toBe('safe');
  expect(stateOfUse(0.701)).toBe('watch');
  expect(stateOfUse(0.85)).toBe('watch');
  expect(stateOfUse(0.851)).toBe('danger');
  expect(stateOfUse(null)).toBe('none');
});
