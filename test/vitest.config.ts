import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * One project for every kind of test. `electron` is the structured-cloning fake, so that the real main process and preload
 * run without the binary.
 */
export default defineConfig({
  root,
  resolve: { alias: { electron: fileURLToPath(new URL('./support/electron-fake.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.{test,property.test,golden.test,e2e}.{ts,tsx}'],
    setupFiles: [fileURLToPath(new URL('./support/seeded-properties.ts', import.meta.url))],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default', fileURLToPath(new URL('./support/closing-line-reporter.ts', import.meta.url))],
    sequence: { shuffle: false },
    env: { TZ: 'UTC' },
  },
});
