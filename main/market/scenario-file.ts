import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, succeed, type Result } from '../domain/failure.ts';
import { scenarioSet, type ScenarioSet } from '../domain/scenario.ts';

/** The scenario set every new book starts with, from `scenarios/standard.json` below the resources folder. */
export function readStandardScenarios(resourcesFolder: string): Result<ScenarioSet> {
  const path = join(resourcesFolder, 'scenarios', 'standard.json');
  try {
    return succeed(scenarioSet.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    return fail('invalidFile', `the standard scenarios ${path} cannot be read: ${why}`, { remedy: 'Reinstall Interlock.' });
  }
}
