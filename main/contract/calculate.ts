import { z } from 'zod';
import { procedure } from './procedure.ts';

/** Cases of an outside-number file. Inputs are of many shapes and are parsed by their family. */
export const calculateInput = z
  .object({
    file: z.string(),
    cases: z.array(z.object({ id: z.string(), group: z.string(), in: z.record(z.string(), z.unknown()) }).loose()),
  })
  .loose();

export const calculateOutput = z.object({
  file: z.string(),
  cases: z.array(z.object({ id: z.string(), out: z.record(z.string(), z.unknown()) })),
});

export const calculateProcedures = {
  'calculate.cases': procedure('query', calculateInput, calculateOutput),
};
