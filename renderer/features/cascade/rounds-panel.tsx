import { ChevronFirst, ChevronLast, Pause, Play } from 'lucide-react';
import { Fragment, type ReactElement, useEffect, useMemo, useRef } from 'react';
import type { AnalysisResult, CascadeResult, RecordedMarket } from '../../../main/contract/analysis.ts';
import { cascadeKey } from '../../../main/contract/question-key.ts';
import { Chart } from '../../chart/chart.tsx';
import { SaveChart } from '../../chart/save-chart.tsx';
import { usePalette } from '../../chart/palette.ts';
import { Emphasis } from '../../parts/emphasis.tsx';
import { Explain } from '../../parts/explain.tsx';
import { Panel } from '../../parts/panel.tsx';
import { pathStops, pricePaths, type RoundCard, roundCards, soldShort } from './cascade-rounds.ts';
import type { Playback, PlaybackStep } from './cascade-playback.ts';
import { pathsOption, pathsTable } from './paths-chart.ts';
import type { Stress } from './use-stress.ts';

type Props = {
  readonly analysis: AnalysisResult;
  readonly stress: Stress;
  readonly playback: Playback;
  readonly onStep: (step: PlaybackStep) => void;
};

/** The cascade round by round: who sells, who falls, where prices go, and one sentence for the round of the playhead. */
export function RoundsPanel({ analysis, stress, playback, onStep }: Props): ReactElement {
  const { cascade } = stress;
  const names = useMemo(() => analysis.accounts.map((account) => account.accountId), [analysis]);
  const cards = useMemo(() => roundCards(cascade), [cascade]);
  const round = cascade.rounds[playback.round];
  return (
    <Panel
      title="Cascade"
      caption={`${playback.round === 0 ? 'the shock' : `round ${round?.round ?? 0}`} of ${cascade.rounds.length - 1}${cascade.hasConverged ? '' : ', not at rest'}`}
      isFlush
      className={stress.runId === null ? 'stress-rounds' : 'stress-rounds is-waiting'}
      actions={
        <>
          <PlaybackButtons playback={playback} onStep={onStep} />
          <SaveChart />
        </>
      }
      foot={
        <div className="round-foot">
          <p className="round-sentence" aria-live="polite">
            {round === undefined ? 'Nothing happens.' : <Emphasis text={round.sentence} names={names} />}
          </p>
          {cascade.recordedMarkets !== undefined && <RecordNote cascade={cascade} markets={cascade.recordedMarkets} />}
        </div>
      }
    >
      <div className="stress-rounds-body">
        <Cards cards={cards} current={playback.round} onStep={onStep} />
        <Paths analysis={analysis} stress={stress} round={playback.round} />
      </div>
    </Panel>
  );
}

type RecordNoteProps = { readonly cascade: CascadeResult; readonly markets: readonly RecordedMarket[] };

/** Under the law that follows records: the markets that went beyond theirs, or how far all stayed within; sources for who hovers. */
function RecordNote({ cascade, markets }: RecordNoteProps): ReactElement {
  const key = cascadeKey(cascade);
  const hasLeft = ({ usedFraction }: RecordedMarket): boolean => usedFraction !== null && usedFraction > 1;
  const told = markets.some(hasLeft) ? markets.filter(hasLeft) : markets.filter(({ usedFraction }) => usedFraction !== null);
  const without = markets.filter(({ usedFraction }) => usedFraction === null).map(({ assetId }) => assetId);
  return (
    <p
      className={markets.some(hasLeft) ? 'round-record state-watch' : 'round-record muted'}
      title={markets.map(({ sentence, source }) => `${sentence} ${source}`).join('\n')}
    >
      {told.map(({ assetId, sentence }) => (
        <Fragment key={assetId}>
          <Explain metric="cascade.recordedMarkets.usedFraction" subjectId={`${key} ${assetId}`}>
            {sentence}
          </Explain>{' '}
        </Fragment>
      ))}
      {without.length > 0 && <span className="muted">No record of {without.join(', ')}: constant product.</span>}
    </p>
  );
}

function PlaybackButtons({ playback, onStep }: Pick<Props, 'playback' | 'onStep'>): ReactElement {
  return (
    <>
      <span className="stress-sold">
        sold by <i className="is-crowd" aria-hidden="true" /> crowd <i className="is-mine" aria-hidden="true" /> mine
      </span>
      <span className="stress-play">
        <button type="button" aria-label="Former round" title="Former round ," onClick={() => onStep({ kind: 'back' })}>
          <ChevronFirst size={16} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="is-main"
          aria-label={playback.isPlaying ? 'Pause' : 'Play'}
          title="Play Space"
          onClick={() => onStep({ kind: 'toggle' })}
        >
          {playback.isPlaying ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
        </button>
        <button type="button" aria-label="Next round" title="Next round ." onClick={() => onStep({ kind: 'forward' })}>
          <ChevronLast size={16} aria-hidden="true" />
        </button>
      </span>
    </>
  );
}

function Cards({
  cards,
  current,
  onStep,
}: {
  readonly cards: readonly RoundCard[];
  readonly current: number;
  readonly onStep: Props['onStep'];
}): ReactElement {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <ol ref={list} className="stress-cards">
      {cards.map((card, index) => (
        <li key={card.round}>
          <button
            type="button"
            className={index === current ? 'stress-card is-current' : index > current ? 'stress-card is-later' : 'stress-card'}
            aria-current={index === current ? 'step' : undefined}
            onClick={() => onStep({ kind: 'scrub', round: index })}
          >
            <span className="stress-card-head">
              <strong>{card.title}</strong>
              {card.isSettled && <span className="muted">settled</span>}
            </span>
            <span className="stress-card-bars" aria-hidden="true">
              <i className="is-crowd" style={{ height: `${card.crowdShare * 100}%` }} />
              <i className="is-mine" style={{ height: `${card.mineShare * 100}%` }} />
            </span>
            <span className="stress-card-amounts">
              <span className="muted">{soldShort(card.crowdSoldUsd)}</span>
              <span className={card.mineSoldUsd === 0 ? 'muted' : 'state-danger'}>{soldShort(card.mineSoldUsd)}</span>
            </span>
            <Fallen names={card.fallen} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Fallen({ names }: { readonly names: readonly string[] }): ReactElement {
  if (names.length === 0) return <span className="muted">none of mine</span>;
  const [first = '', ...rest] = names;
  return (
    <span className="stress-card-fallen state-danger" title={names.join(', ')}>
      ◆ {first}
      {rest.length > 0 && ` + ${rest.length}`}
    </span>
  );
}

function Paths({
  analysis,
  stress,
  round,
}: {
  readonly analysis: AnalysisResult;
  readonly stress: Stress;
  readonly round: number;
}): ReactElement {
  const palette = usePalette();
  const paths = useMemo(() => pricePaths(stress.cascade, analysis), [stress.cascade, analysis]);
  const stops = useMemo(() => pathStops(stress.cascade), [stress.cascade]);
  const option = useMemo(() => pathsOption({ paths, stops, round, palette }), [paths, stops, round, palette]);
  const table = useMemo(() => pathsTable(paths, stops), [paths, stops]);
  return (
    <div className="stress-paths">
      <Chart label="Prices through the cascade, % from now" option={option} table={table} />
    </div>
  );
}
