import './stage.css';
import { type ReactElement, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { BlotterStage } from '../../../main/contract/blotter-stage.ts';
import { useJob } from '../../client/queries.ts';
import { changeMillions, millions, moneyShort } from '../../format/money.ts';
import { count, counted } from '../../format/number.ts';
import { beforeAfter, percentFigure } from '../../format/share.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { RunProgressBar } from '../progress.tsx';
import { FailureBox } from '../states.tsx';
import { Tile, Tiles } from '../tile.tsx';
import { stageShown } from './stage-actions.ts';
import { useStageSheet } from './stage-store.ts';
import { StageTable } from './stage-table.tsx';

/** The sheet that stages the suggestion, where it is open. */
export function StageSheet(): ReactElement | null {
  const { isOpen, close } = useStageSheet();
  return isOpen ? <Staging onClose={close} /> : null;
}

/** Solves the standing suggestion again, shows which tickets would be made, changed and cancelled, and does that when it is confirmed. */
function Staging({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { runId, result, start, cancel } = useJob('blotter.stagePlan');
  useEffect(() => void start({}), [start]);
  // Whoever closes the sheet does not wait for what it was to show.
  useEffect(() => cancel, [cancel]);
  return (
    <Dialog label="Stage the suggestion in the blotter" className="book-sheet stage-sheet" onClose={onClose}>
      {result?.ok === true ? (
        <Ready stage={result.value} onClose={onClose} />
      ) : (
        <div className="stage-wait" aria-busy={result === null}>
          <h2>Stage the suggestion in the blotter</h2>
          {result === null ? (
            <>
              <p className="secondary">
                The standing suggestion is solved again on the book and market as they are now, and held against the open tickets.
              </p>
              <RunProgressBar runId={runId} title="Solving again" />
            </>
          ) : (
            <FailureBox failure={result.failure} action={{ title: 'Try again', run: () => void start({}) }} />
          )}
          <div className="book-sheet-foot">
            <Button onClick={onClose} shortcut="Esc">
              Close
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Ready({ stage, onClose }: { readonly stage: BlotterStage; readonly onClose: () => void }): ReactElement {
  const [isBusy, setIsBusy] = useState(false);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => confirm.current?.focus(), []);
  const touched = stage.tickets.filter(({ action }) => action !== 'keep').length;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    if (stage.isInLine) {
      onClose();
      return;
    }
    setIsBusy(true);
    const isDone = await stageShown(stage);
    setIsBusy(false);
    if (isDone) onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
      <h2>Stage the suggestion in the blotter</h2>
      <p className="stage-statement">{stage.statement}</p>
      <p className="secondary">
        {stage.changes.length === 0
          ? 'Book and market are as they were when it was suggested.'
          : `Since then: ${stage.changes.join('; ')}.`}
        {stage.whyBands !== null && ` ${stage.whyBands}`}
      </p>
      <Measured stage={stage} />
      <div className="stage-scroll" tabIndex={-1}>
        <StageTable tickets={stage.tickets} />
      </div>
      <div className="book-sheet-foot">
        <span className="stage-note muted">Nothing is sent anywhere · one step, Ctrl Z takes it back</span>
        <Button onClick={onClose} shortcut="Esc">
          {stage.isInLine ? 'Close' : 'Cancel'}
        </Button>
        {!stage.isInLine && (
          <button ref={confirm} type="submit" className="button button-primary" disabled={isBusy}>
            Stage {counted(touched, 'change')}
            <kbd className="key">↵</kbd>
          </button>
        )}
      </div>
    </form>
  );
}

/** The same four figures as beside the suggestion: with what stands now, and with what is staged. */
function Measured({ stage: { standing, staged, standingFalls, stagedFalls } }: { readonly stage: BlotterStage }): ReactElement {
  return (
    <Tiles>
      <Tile
        label="Cost"
        value={beforeAfter(moneyShort(standing.costUsd), moneyShort(staged.costUsd))}
        unit="USD"
        comparison="of what is open"
      />
      <Tile
        label="ES, 1 day"
        value={beforeAfter(millions(standing.expectedShortfallUsd), millions(staged.expectedShortfallUsd))}
        unit="M"
        comparison={`${changeMillions(staged.expectedShortfallUsd - standing.expectedShortfallUsd)} M`}
      />
      <Tile
        label="Any liquidation, 1 day"
        value={beforeAfter(percentFigure(standing.anyLiquidationFraction, 0), percentFigure(staged.anyLiquidationFraction, 0))}
        unit="%"
        comparison="standing → staged"
      />
      <Tile
        label="Fall in any scenario"
        value={beforeAfter(count(standingFalls.length), count(stagedFalls.length))}
        {...(stagedFalls.length > 0 ? { state: 'danger' as const } : {})}
        comparison={standingFalls.length === 0 ? 'nobody' : standingFalls.join(', ')}
      />
    </Tiles>
  );
}
