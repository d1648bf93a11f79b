import { describe, expect, it } from 'vitest';
import { draftOf, parsePercent, readDraft, shockChips } from '../../../../renderer/features/cascade/shock-text.ts';

const shock = { moves: { ETH: -0.18, BTC: -0.1404 }, volatilityShift: 0.35 };

describe('shock as text', () => {
  it('comes back from its fields as it was', () => {
    expect(readDraft(draftOf(shock, ['ETH', 'BTC']))).toEqual({ shock });
  });

  it('gives a driver that does not move a zero', () => {
    expect(draftOf(shock, ['ETH', 'SOL']).moves['SOL']).toBe('0');
  });

  it('names the field that is not understood', () => {
    expect(readDraft({ moves: { ETH: 'abc' }, volatility: '0' })).toMatchObject({ field: 'ETH' });
    expect(readDraft({ moves: { ETH: '-100' }, volatility: '0' })).toMatchObject({ field: 'ETH' });
    expect(readDraft({ moves: { ETH: '-10' }, volatility: '' })).toMatchObject({ field: 'volatility' });
  });

  it('reads either minus and a percent sign, and nothing ambiguous', () => {
    expect(parsePercent('\u221218 %')).toBeCloseTo(-0.18, 12);
    expect(parsePercent('+2.5')).toBeCloseTo(0.025, 12);
    for (const text of ['1,5', '1e3', '--2', '', '12345']) expect(parsePercent(text), text).toBeNull();
  });

  it('says a shock in chips', () => {
    expect(shockChips(shock)).toEqual(['ETH \u221218\u2009%', 'BTC \u221214.0\u2009%', 'vol +35\u2009pt']);
  });
});
