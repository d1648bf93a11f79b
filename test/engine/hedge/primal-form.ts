import type { CvarProgram } from '../../../main/engine/hedge/program/cvar-program.ts';
import { buildLinearProgram } from '../../../main/engine/hedge/program/linear-program.ts';
import type { LinearProgram } from '../../../main/engine/hedge/program/linear-program.ts';

/**
 * The program as Rockafellar and Uryasev wrote it, the slow obvious twin of the dual form: columns for the decisions, the
 * quantile z, one excess loss per scenario and one shortfall per priced group; one row per scenario and per limit.
 */
export function primalForm(program: CvarProgram): LinearProgram {
  const scenarios = program.lossesUsd.length;
  const limits = program.rowBoundUsd.length;
  const rowLower = new Float64Array(scenarios + limits);
  rowLower.set(program.lossesUsd);
  rowLower.set(program.rowBoundUsd, scenarios);
  const builder = buildLinearProgram(rowLower, new Float64Array(scenarios + limits).fill(Number.POSITIVE_INFINITY));
  const allScenarios = Array.from({ length: scenarios }, (_, s) => s);
  for (let j = 0; j < program.costUsd.length; j++) {
    const rows = [...allScenarios];
    const values = [...program.reductionUsd.subarray(j * scenarios, (j + 1) * scenarios)];
    for (let r = 0; r < limits; r++) {
      const from = program.rowStarts[r] ?? 0;
      const at = program.rowVariables.subarray(from, program.rowStarts[r + 1]).indexOf(j);
      if (at < 0) continue;
      rows.push(scenarios + r);
      values.push(program.rowValues[from + at] ?? Number.NaN);
    }
    builder.add({
      cost: program.costUsd[j] ?? Number.NaN,
      lower: program.lower[j] ?? Number.NaN,
      upper: program.upper[j] ?? Number.NaN,
      rows,
      values,
    });
  }
  const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  builder.add({ cost: 1, ...free, rows: allScenarios, values: allScenarios.map(() => 1) });
  for (let s = 0; s < scenarios; s++) {
    builder.add({
      cost: (program.weights[s] ?? Number.NaN) / (1 - program.confidence),
      lower: 0,
      upper: Number.POSITIVE_INFINITY,
      rows: [s],
      values: [1],
    });
  }
  return builder.finish();
}
