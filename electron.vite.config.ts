import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Entries of the main process side; each becomes one file in out/main, so that resources/ is two folders up from source and output alike. */
const entries = {
  electron: 'main/hosts/electron/entry.ts',
  'electron-services': 'main/hosts/electron/services-process.ts',
  browser: 'main/hosts/browser/entry.ts',
  cli: 'main/hosts/cli/entry.ts',
  worker: 'main/pool/worker.ts',
};

export default defineConfig({
  main: {
    build: {
      externalizeDeps: true,
      rolldownOptions: { input: entries, output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload is loaded as CommonJS whatever package.json says.
      rolldownOptions: { input: { preload: 'preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    publicDir: false,
    plugins: [react()],
    build: { minify: true, chunkSizeWarningLimit: 2000, rolldownOptions: { input: 'renderer/index.html' } },
  },
});
