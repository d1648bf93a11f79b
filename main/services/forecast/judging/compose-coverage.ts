import type { CoverageRow, ForecastCoverage, WindowCoverage } from '../../../contract/forecast-coverage.ts';
import type { RecordedWindow } from '../../../domain/recorded-window.ts';
import { testCoverage, type CoverageTest } from '../../../engine/forecast/coverage-tests.ts';
import { pinballLoss } from '../../../engine/forecast/order-statistics.ts';
import { figure, listing, percent } from '../../analysis/words.ts';
import type { PackResult } from '../../pack.ts';
import { horizonWords } from '../forecast-words.ts';
import { COVERAGE_LEVELS, type CoverageRun, type JudgedForecasts } from './run-coverage.ts';

/** Up to here whoever changes the model may look; only later days judge it. The same day at which the study of warnings parts its record. */
export const SPLIT_DAY = '2022-12-31';
/** A model right in every way fails one test in so many of a hundred. */
const SIGNIFICANCE = 0.05;
/** Fewer hits expected than this tell nothing of a share. */
const LEAST_EXPECTED = 5;

type Told = Pick<
  ForecastCoverage,
  'rows' | 'windows' | 'verdicts' | 'assumptions' | 'leftOut' | 'levels' | 'hours' | 'splitDay' | 'from' | 'to'
>;

/** Tests of every account, time and level on both parts of the record, and what they say in words. */
export function composeCoverage(run: CoverageRun, pack: PackResult, windows: readonly RecordedWindow[]): Told {
  const rows = run.spans.flatMap((judged) => rowsOf(judged, pack));
  const hourly = run.spans.find((each) => each.span.days < 1);
  return {
    rows,
    windows: hourly === undefined ? [] : windows.flatMap((window) => windowRows(hourly, window, pack)),
    verdicts: verdictsOf(rows),
    assumptions: assumptionsOf(run),
    leftOut: [...run.leftOut],
    levels: [...COVERAGE_LEVELS],
    hours: run.spans.map((each) => hoursOf(each)),
    splitDay: SPLIT_DAY,
    from: run.recorded.days[0] ?? '',
    to: run.recorded.days.at(-1) ?? '',
  };
}

function hoursOf({ span }: JudgedForecasts): number {
  return Math.round(span.days * 24);
}

/** Forecasts and outcomes of one account at one level, of the chosen moments. */
function seriesOf(judged: JudgedForecasts, { a, k }: { readonly a: number; readonly k: number }, chosen: readonly number[]) {
  const width = judged.accounts.length;
  const at = (table: Float64Array, o: number): number => table[(o * width + a) * COVERAGE_LEVELS.length + k] ?? NaN;
  const outcomes = Float64Array.from(chosen, (o) => judged.realisedUsd[o * width + a] ?? NaN);
  const forecasts = Float64Array.from(chosen, (o) => at(judged.quantileUsd, o));
  return { outcomes, forecasts, plain: Float64Array.from(chosen, (o) => at(judged.plainUsd, o)) };
}

function hitsOf(outcomes: Float64Array, forecasts: Float64Array): Uint8Array {
  return Uint8Array.from(outcomes, (outcome, i) => (outcome < (forecasts[i] ?? NaN) ? 1 : 0));
}

function rowsOf(judged: JudgedForecasts, pack: PackResult): CoverageRow[] {
  const all = Array.from(judged.origins.keys());
  return judged.accounts.flatMap((own, a) =>
    COVERAGE_LEVELS.flatMap((level, k) =>
      (['before', 'judged'] as const).flatMap((split): CoverageRow[] => {
        const chosen = all.filter((o) => (judged.origins[o]?.day ?? '') <= SPLIT_DAY === (split === 'before'));
        if (chosen.length === 0) return [];
        const { outcomes, forecasts, plain } = seriesOf(judged, { a, k }, chosen);
        const starts = new Set(chosen.flatMap((o, i) => (judged.origins[o]?.isNext === true ? [] : [i])));
        const test = testCoverage(hitsOf(outcomes, forecasts), level, starts);
        return [
          {
            accountId: pack.accountIds[own] ?? '',
            hours: hoursOf(judged),
            level,
            split,
            ...test,
            pinballUsd: pinballLoss(outcomes, forecasts, level),
            plainPinballUsd: pinballLoss(outcomes, plain, level),
            verdict: verdictOf(test, level),
          },
        ];
      }),
    ),
  );
}

/** What the tests say. Too many hits are told however few were expected: doubt goes against the model. */
export function verdictOf({ count, hits, unconditional, conditional }: CoverageTest, level: number): CoverageRow['verdict'] {
  const expected = count * level;
  if (hits > expected && unconditional.pValue < SIGNIFICANCE) return 'tooManyHits';
  if (expected < LEAST_EXPECTED) return 'notEnough';
  if (unconditional.pValue < SIGNIFICANCE) return 'tooFewHits';
  return conditional.pValue < SIGNIFICANCE ? 'clustered' : 'holds';
}

function windowRows(judged: JudgedForecasts, { id, name }: RecordedWindow, pack: PackResult): WindowCoverage[] {
  const chosen = Array.from(judged.origins.keys()).filter((o) => judged.origins[o]?.windowId === id);
  if (chosen.length === 0) return [];
  return judged.accounts.flatMap((own, a) =>
    COVERAGE_LEVELS.map((level, k) => {
      const { outcomes, forecasts } = seriesOf(judged, { a, k }, chosen);
      const hits = hitsOf(outcomes, forecasts).reduce((sum, hit) => sum + hit, 0);
      return { windowId: id, windowName: name, accountId: pack.accountIds[own] ?? '', level, count: chosen.length, hits };
    }),
  );
}

const WORDS: Readonly<Record<CoverageRow['verdict'], string>> = {
  holds: 'holds',
  tooManyHits: 'falls short: worse outcomes than said come too often',
  tooFewHits: 'is too careful',
  clustered: 'has its misses in clusters',
  notEnough: 'cannot be judged: too few outcomes',
};

/** One sentence per time and level on the days judged: for how many accounts what is so. The accounts move together, so ten are not ten proofs. */
function verdictsOf(rows: readonly CoverageRow[]): string[] {
  const judged = rows.filter((row) => row.split === 'judged');
  const groups = new Map<string, CoverageRow[]>();
  for (const row of judged) {
    const key = `${row.hours} ${row.level}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const told = [...groups.values()].map((group) => {
    const shares = group.map(({ hits, count }) => hits / count);
    const parts = Object.entries(WORDS).flatMap(([verdict, words]) => {
      const count = group.filter((row) => row.verdict === verdict).length;
      return count === 0 ? [] : [`${words} (${figure(count, 0)} of ${figure(group.length, 0)} accounts)`];
    });
    const better = group.filter((row) => row.pinballUsd < row.plainPinballUsd).length;
    const [first] = group;
    const span =
      Math.min(...shares) === Math.max(...shares)
        ? percent(Math.min(...shares), 1)
        : `${percent(Math.min(...shares), 1)} to ${percent(Math.max(...shares), 1)}`;
    return {
      isFailure: group.some((row) => row.verdict !== 'holds' && row.verdict !== 'notEnough'),
      text: `${horizonWords(first?.hours ?? 0)} ahead at ${percent(first?.level ?? 0)}: ${listing(parts)}; ${span} of ${figure(first?.count ?? 0, 0)} outcomes lay below. Against the recorded days as they were its pinball loss is smaller for ${figure(better, 0)} of ${figure(group.length, 0)}.`,
    };
  });
  return [...told.filter((each) => each.isFailure), ...told.filter((each) => !each.isFailure)].map((each) => each.text);
}

function assumptionsOf({ recorded, spans }: CoverageRun): string[] {
  return [
    `Forecasts are made from every moment with the closes known by then (and the day under way), by the model that forecasts today; ${figure(recorded.days.length, 0)} days are recorded, ${recorded.days[0] ?? ''} to ${recorded.days.at(-1) ?? ''}.`,
    `Stated beforehand: days to ${SPLIT_DAY} may be looked at by whoever changes the model, later ones judge it; one figure is fitted on the former, that hours are half as loud again as their share of a day, and the later windows were seen when it was, so that for hours they confirm rather than judge; levels ${listing(COVERAGE_LEVELS.map((level) => percent(level)))}; a test fails below a p-value of ${percent(SIGNIFICANCE)}; where fewer than ${figure(LEAST_EXPECTED, 0)} outcomes are expected below it can fail but not hold.`,
    'At every moment the book stands at its own prices and is moved as the recorded ones were; neither bases nor time move on either side, so that what is judged is the drivers’ moves through the venues’ rules.',
    ...spans.map(
      (each) =>
        `${horizonWords(hoursOf(each))}: ${figure(each.origins.length, 0)} moments${each.span.days < 1 ? ', every full hour of the recorded windows. They were chosen because prices fell in them, which no forecast knows, so hours pass harder than they would in ordinary times' : ', one after the other without overlap'}.`,
    ),
    'All accounts stand on the same few drivers: they pass and fail together, and ten that fail are not ten proofs.',
  ];
}
