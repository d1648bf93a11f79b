import { z } from 'zod';
import { extended, nonNegative } from '../domain/real.ts';
import { procedure } from './procedure.ts';

const outsideCase = z.object({ id: z.string(), group: z.string(), in: z.record(z.string(), z.unknown()) }).loose();

/** Cases of an outside-number file. Inputs are of many shapes and are parsed by their family. */
export const calculateInput = z.object({ file: z.string(), cases: z.array(outsideCase) }).loose();

const answers = z.array(z.object({ id: z.string(), out: z.record(z.string(), z.unknown()) }));

export const calculateOutput = z.object({ file: z.string(), cases: answers });

/** How far an answer may be from the outside number: |x − y| <= abs + rel × |y|; both zero means equal. */
const tolerance = z.object({ rel: nonNegative, abs: nonNegative });
export type Tolerance = z.infer<typeof tolerance>;

/** What counts for a key of `out`: a tolerance, the case's own `tol` ("case"), or only that the key is there ("any"). */
const rule = z.union([tolerance, z.literal('case'), z.literal('any')]);
export type Rule = z.infer<typeof rule>;

/** A figure of a file that its own source contradicts, and what the source has. */
export const correction = z.object({
  id: z.string(),
  key: z.string(),
  value: z.unknown(),
  reason: z.string().min(1),
  source: z.string().min(1),
});
export type Correction = z.infer<typeof correction>;

/** An outside-number file with what its cases should give. Cases without `out` are only computed, if no case of the file has one. */
export const verifyInput = z
  .object({
    file: z.string(),
    source: z.string().default(''),
    compare: z.record(z.string(), z.record(z.string(), rule)).optional(),
    cases: z
      .array(
        outsideCase.extend({
          out: z.record(z.string(), z.unknown()).optional(),
          tol: z.union([nonNegative, tolerance]).optional(),
        }),
      )
      .min(1),
    corrections: z.array(correction).default([]),
  })
  .loose();

/** One figure beside its outside number. `error` and `bound` are null where the two cannot be subtracted. */
const comparison = z.object({
  path: z.string(),
  expected: z.unknown(),
  actual: z.unknown(),
  error: extended.nullable(),
  bound: extended.nullable(),
  /** error / bound; 0 = the same, Infinity = differs where it must be equal. */
  share: extended,
  agrees: z.boolean(),
});
export type Comparison = z.infer<typeof comparison>;

/** What became of a file. Every case is passed, failed, skipped (nothing to compare it by) or, without any `out`, in `answers`. */
export const verifyOutput = z.object({
  file: z.string(),
  source: z.string(),
  cases: z.number(),
  passed: z.number(),
  corrected: z.number(),
  failed: z.array(z.object({ id: z.string(), group: z.string(), disagreements: z.array(comparison) })),
  skipped: z.array(z.string()),
  answers,
  /** The comparison nearest to its tolerance or farthest beyond it; null where every figure is the same. */
  worst: comparison.extend({ id: z.string() }).nullable(),
});
export type Verification = z.infer<typeof verifyOutput>;

export const calculateProcedures = {
  'calculate.cases': procedure('query', calculateInput, calculateOutput),
  'calculate.verify': procedure('query', verifyInput, verifyOutput),
};
