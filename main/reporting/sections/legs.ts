import type { HedgeResult } from '../../contract/hedge.ts';
import type { HedgeSurvival } from '../../contract/policy.ts';
import { cellValue, figure, millions, money, share } from '../format.ts';
import { left, number, right, words, type ReportCell, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** Why each leg is there, and how far it goes into the market. */
export function legSections(hedge: HedgeResult): ReportSection[] {
  const rows = hedge.legs.map((leg, index): ReportCell[] => [
    words(`${index + 1} ${leg.title}`, { isStrong: true }),
    number(leg.depthUsedFraction, leg.kind === 'trade' ? share(leg.depthUsedFraction) : '–'),
    words((leg.latency?.minutes ?? 0) > 0 ? `${leg.why} ${leg.latency?.text}` : leg.why),
  ]);
  return [
    section({
      id: 'legs',
      title: 'Why each action',
      caption: 'market used = share of what one suggestion may take of it',
      tables: [{ id: 'legs', columns: [left('Action', 4), right('Market used'), left('Why', 7)], rows }],
    }),
  ];
}

/** Whether the derivatives that gain in the shock are still there when they are needed. */
export function survivalSections(survival: HedgeSurvival, hedge: HedgeResult | null): ReportSection[] {
  const rows = survival.legs.map((leg): ReportCell[] => [
    words(leg.name, { isStrong: true }),
    words(leg.accountId),
    number(leg.idealUsd, millions(leg.idealUsd)),
    number(leg.executedUsd, millions(leg.executedUsd), { isStrong: true }),
    number(cellValue(leg.survivalFraction), share(leg.survivalFraction), leg.keptDays < leg.gainDays ? { state: 'watch' } : {}),
    number(leg.gainDays, figure(leg.gainDays, 0)),
    number(leg.nakedUsd, millions(leg.nakedUsd)),
    words(leg.sentence, isCut(leg) ? { state: 'danger' } : {}),
  ]);
  const columns = [
    left('Leg', 3),
    left('Account', 2),
    right('Alone, M'),
    right('Executed, M'),
    right('Survives'),
    right('Days'),
    right('Naked, M'),
    left('What becomes of it', 5),
  ];
  return [
    section({
      id: 'survival',
      title: 'Whether each leg survives',
      caption: `at the reference shock${hedge === null ? '' : ', the book after the suggestion'}; gain alone and as the cascade executes it; survives = share of its gain days; naked = exposure without it`,
      paragraphs: [
        `The book makes ${money(survival.bookIdealUsd)} USD with every hedge left alone, ${money(survival.bookExecutedUsd)} as executed, ${money(survival.bookLostUsd)} with every hedge lost.`,
        ...(hedge?.survival?.falls ?? []).map(({ text }) => text),
      ],
      ...(rows.length > 0 ? { tables: [{ id: 'survival', columns, rows }] } : {}),
    }),
  ];
}

/** A leg that was taken away but had gained all it could by then has lost nothing. */
function isCut({ idealUsd, executedUsd }: HedgeSurvival['legs'][number]): boolean {
  return executedUsd < idealUsd * (1 - CUT_FRACTION);
}

/** Less than this of a gain is not worth a colour. */
const CUT_FRACTION = 0.01;
