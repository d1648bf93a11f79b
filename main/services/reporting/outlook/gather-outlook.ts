import type { OutlookWish, ReportOutlook } from '../../../contract/report-outlook.ts';
import type { TriggerResult } from '../../../contract/trigger.ts';
import { succeed, type Result } from '../../../domain/failure.ts';
import { forecastKey } from '../../forecast.ts';
import type { Session } from '../../session.ts';
import { triggerKey } from '../../trigger.ts';
import { shippedDigest } from './shipped-digest.ts';

/** The parts of an outlook that are at hand; computed from the same inputs by the same functions. */
export type KnownOutlook = Partial<Omit<ReportOutlook, 'after'>>;

/** What a report asks of the time ahead, and what is known of it already. */
type GatheredOutlook = { readonly wish: OutlookWish | null; readonly known: KnownOutlook };

/**
 * The forecast asked for last, the coverage tests and the last order of every account, as far as they were made of the book, market and set
 * that the report is of: another scenario set has another digest.
 */
export function gatherOutlook(session: Session, resourcesFolder: string, digest: string): Result<GatheredOutlook> {
  const asked = session.forecastWish.last();
  const forecast = asked === null ? null : session.forecast.get(forecastKey(digest, asked));
  const coverage = session.forecastCoverage.get(digest);
  const orders = lastOrders(session, digest);
  if (forecast === null && coverage === null && orders.length === 0) return succeed({ wish: null, known: {} });
  const shipped = shippedDigest(resourcesFolder);
  if (!shipped.ok) return shipped;
  const wish: OutlookWish = {
    shippedDigest: shipped.value,
    forecast: forecast === null ? null : asked,
    isJudged: coverage !== null,
    orders: orders.map(({ accountId, objective, alpha, draws, seed, terms }) => ({ accountId, objective, alpha, draws, seed, terms })),
  };
  return succeed({ wish, known: { forecast, coverage, orders } });
}

/** The order asked for last of every account, by account. */
function lastOrders(session: Session, digest: string): TriggerResult[] {
  const last = new Map<string, TriggerResult>();
  for (const order of session.trigger.all()) {
    // The one that was asked for without naming an account is kept without its name.
    const keys = [order.accountId, undefined].map((accountId) => triggerKey(digest, { ...order, accountId }));
    if (keys.includes(order.inputsDigest)) last.set(order.accountId, order);
  }
  return [...last.values()].toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
