import type { ReactElement } from 'react';
import type { AnalysisResult } from '../../../main/contract/analysis.ts';
import { goTo } from '../../app/navigation.ts';
import { useSelection } from '../../app/selection.ts';
import { Button } from '../../parts/button.tsx';
import { Emphasis } from '../../parts/emphasis.tsx';
import { Panel } from '../../parts/panel.tsx';
import { shockWords } from '../../parts/reference-move.ts';
import { Tile, Tiles } from '../../parts/tile.tsx';
import { overviewTiles } from './overview-tiles.ts';

type Props = { readonly analysis: AnalysisResult; readonly isStale: boolean; readonly isWide: boolean };

/** The statement of the result, the chain in a second sentence, and the tiles. */
export function StatementPanel({ analysis, isStale, isWide }: Props): ReactElement {
  const names = analysis.accounts.map((account) => account.accountId);
  const tiles = overviewTiles(analysis);
  return (
    <Panel
      title="State of the book"
      caption={`reference shock ${shockWords(analysis.reference)}`}
      className="overview-statement"
      isFlush
      actions={<span className="secondary overview-hint">Space or ? explains any number</span>}
    >
      <div className="statement">
        <div className="statement-words">
          <p className={isStale ? 'statement-headline stale-value' : 'statement-headline'}>
            <Emphasis text={analysis.statement.headline} names={names} />
          </p>
          <p className="secondary">{analysis.statement.chain}</p>
        </div>
        <Button onClick={() => showChain(analysis)}>Show the chain</Button>
        <Button tone="primary" shortcut="H" onClick={() => goTo('hedge')}>
          Review hedge
        </Button>
      </div>
      <Tiles>
        {(isWide ? tiles : tiles.slice(0, 6)).map((tile) => (
          <Tile key={tile.label} {...tile} isStale={isStale} />
        ))}
      </Tiles>
    </Panel>
  );
}

/** The last account to fall has the longest chain behind it. */
function showChain(analysis: AnalysisResult): void {
  const last = analysis.cascade.fallen.toSorted((a, b) => b.round - a.round)[0];
  const accountId = last?.accountId ?? analysis.totals.nearestAccountId;
  const { selectAccount, selectNode } = useSelection.getState();
  selectAccount(accountId);
  selectNode(
    analysis.network.nodes.find((node) => node.kind === 'account' && (node.id === accountId || node.label === accountId))?.id ?? null,
  );
  goTo('network');
}
