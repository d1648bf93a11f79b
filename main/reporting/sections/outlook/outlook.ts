import type { ReportOutlook } from '../../../contract/report-outlook.ts';
import { figure, listed, share } from '../../format.ts';
import type { ReportSection } from '../../report-model.ts';
import { coverageSections } from './coverage.ts';
import { forecastSections, timeText } from './forecast.ts';
import { orderSections } from './orders.ts';

/** What may come: the forecast, whether such forecasts held, and the best orders; nothing where none was asked for. */
export function outlookSections(outlook: ReportOutlook | null): ReportSection[] {
  return outlook === null ? [] : [...forecastSections(outlook), ...coverageSections(outlook), ...orderSections(outlook)];
}

/** A day: the time for which a call after the hedge is named on the page that is signed. */
const NAMED_HOURS = 24;

/** Who is likelier to be called within a day than the chance that is taken, after the suggestion where there is one. */
type Called = {
  readonly alpha: number;
  readonly isAfter: boolean;
  readonly accounts: readonly { readonly accountId: string; readonly text: string }[];
};

/** The accounts above the chance that is taken; null where no forecast was made. */
export function calledWithinDay(outlook: ReportOutlook | null): Called | null {
  const forecast = outlook?.after ?? outlook?.forecast ?? null;
  if (forecast === null) return null;
  const accounts = forecast.accounts.flatMap(({ accountId, horizons }) => {
    const chance = horizons.find(({ hours }) => hours === NAMED_HOURS)?.callProbability;
    if (chance === undefined || chance.value <= forecast.alpha) return [];
    return [{ accountId, text: `${accountId} ${share(chance.value)} (${figure(chance.from * 100, 1)} to ${share(chance.to)})` }];
  });
  return { alpha: forecast.alpha, isAfter: outlook?.after !== null && outlook?.after !== undefined, accounts };
}

/** Lines for the page that is signed: who is called within a day all the same, and whom the suggestion itself brings nearer to a call. */
export function callWarnings(outlook: ReportOutlook | null): string[] {
  const called = calledWithinDay(outlook);
  if (called === null) return [];
  const when = called.isAfter ? 'even with every action done' : 'as the book stands';
  const names = called.accounts.map(({ text }) => text);
  const likelier = madeLikelier(outlook);
  return [
    ...(names.length === 0
      ? []
      : [`Called within a day, ${when}, likelier than the ${share(called.alpha)} that is taken: ${listed(names)}.`]),
    ...(likelier === null ? [] : [likelier]),
  ];
}

/** Accounts that the suggestion makes likelier to be called within the longest time, beyond what simulating leaves open. */
function madeLikelier(outlook: ReportOutlook | null): string | null {
  const { forecast = null, after = null } = outlook ?? {};
  if (forecast === null || after === null) return null;
  const last = after.hours.at(-1) ?? 0;
  const rows = after.accounts.flatMap(({ accountId, horizons }) => {
    const then = horizons.at(-1)?.callProbability;
    const before = forecast.accounts.find((account) => account.accountId === accountId)?.horizons.at(-1)?.callProbability;
    if (then === undefined || before === undefined || then.value <= after.alpha || then.from <= before.to) return [];
    return [`${accountId} ${figure(before.value * 100, 1)} → ${share(then.value)}`];
  });
  return rows.length === 0 ? null : `The actions themselves make a call likelier within ${timeText(last)}: ${listed(rows)}.`;
}
