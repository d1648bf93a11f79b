import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../main/services/reporting/secrets.ts';
import { reportInputsOf } from './report-desk.ts';

/** What must not be found in a report, wherever it was put. */
const canaries: readonly (readonly [string, string])[] = [
  ['https://desk:hunter2-canary@api.example/v1', 'hunter2-canary'],
  ['https://api.example/v1?api_key=canary-AKIA1234&x=1', 'canary-AKIA1234'],
  ['wss://x.example/?token=canary.tok-en', 'canary.tok-en'],
  ['Authorization: Bearer canaryCanaryCanary123=', 'canaryCanaryCanary123'],
  ['/home/trader/canary-desk/book.interlock', '/home/trader'],
];

describe('secrets', () => {
  it('are taken out of every text of the inputs, however deep it lies', () => {
    for (const [text, secret] of canaries) {
      const inputs = reportInputsOf();
      const { contents, snapshot } = inputs;
      const dirty = {
        ...inputs,
        contents: { ...contents, accounts: contents.accounts.map((account) => ({ ...account, name: text })) },
        snapshot: { ...snapshot, source: text, assumptions: [{ id: 'a', text, value: text, source: text }] },
      };
      const clean = JSON.stringify(withoutSecrets(dirty, '/home/trader'));
      expect(JSON.stringify(dirty)).toContain(secret);
      expect(clean).not.toContain(secret);
    }
  });

  it('are known by the name of their field too', () => {
    expect(withoutSecrets({ apiKey: 'canary', api_secret: 'canary', nested: [{ password: 'canary' }], tokens: 3, token: 4 }, '/')).toEqual({
      apiKey: '…',
      api_secret: '…',
      nested: [{ password: '…' }],
      tokens: 3,
      token: 4,
    });
  });

  it('leave inputs without any as they are, and nothing more to take out the second time', () => {
    const inputs = reportInputsOf();
    expect(withoutSecrets(inputs, '/home/trader')).toEqual(inputs);
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...canaries.map(([text]) => text)), (value, text) => {
        const once = withoutSecrets([value, text], '/home/trader');
        expect(withoutSecrets(once, '/home/trader')).toEqual(once);
      }),
    );
  });
});
