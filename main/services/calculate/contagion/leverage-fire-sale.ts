import { z } from 'zod';
import { leverageFireSale, sheetsOfPublished, systemicEventFraction } from '../../../engine/contagion/leverage-fire-sale.ts';
import type { CaseOutput } from '../case-values.ts';

const banks = z
  .array(
    z
      .object({ cet1: z.number(), leveragePct: z.number().positive(), debtSecurities: z.number().min(0), govBonds: z.number().min(0) })
      .refine(({ debtSecurities, govBonds }) => govBonds <= debtSecurities, 'government bonds are part of the debt securities'),
  )
  .min(1);

const input = z.object({
  priceImpactAt5pct: z.number().min(0).lt(1),
  shockGovBonds: z.number().min(0).max(1),
  leverageBuffer: z.number().min(0),
});

/** Fire sales of the banks that the file lists, after a fall of government bonds. */
export function calculateLeverageFireSale(raw: unknown, _group: string, file: Readonly<Record<string, unknown>>): CaseOutput {
  const { priceImpactAt5pct, shockGovBonds, leverageBuffer } = input.parse(raw);
  const published = banks.parse(file['banks']).map((bank) => ({
    equity: bank.cet1,
    leverageFraction: bank.leveragePct / 100,
    debtSecurities: bank.debtSecurities,
    governmentBonds: bank.govBonds,
  }));
  const result = leverageFireSale(
    sheetsOfPublished(published),
    { startPrice: Float64Array.of(1, 1 - shockGovBonds), impactAtFivePercent: priceImpactAt5pct },
    { minimumFraction: 0.03, bufferFraction: leverageBuffer, targetFraction: 0.05, steps: 6 },
  );
  return {
    defaults_per_step: [0, ...result.failuresByStep],
    cumulative_fraction_sold: [...result.soldFractionByStep],
    final_price_corp: result.price[0],
    final_price_gov: result.price[1],
    systemic_event: systemicEventFraction(result.failed),
  };
}
