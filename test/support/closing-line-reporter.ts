import type { Reporter, TestModule } from 'vitest/node';

/** Counts of a finished run; a module that could not be loaded and an error outside any test count as failed. */
function countOutcomes(modules: readonly TestModule[], strayErrors: number): { passed: number; failed: number } {
  let passed = 0;
  let failed = strayErrors;
  for (const module of modules) {
    failed += module.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed += 1;
      if (state === 'failed') failed += 1;
    }
  }
  return { passed, failed };
}

/** Makes the run end with the plain line `N passed, N failed`, after everything else that is printed. */
export default class ClosingLineReporter implements Reporter {
  #line = '0 passed, 1 failed';

  onInit(): void {
    process.on('exit', () => {
      process.stdout.write(`${this.#line}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly unknown[]): void {
    const { passed, failed } = countOutcomes(modules, strayErrors.length);
    this.#line = `${passed} passed, ${failed} failed`;
  }
}
