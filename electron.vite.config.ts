import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { compileOptionKernel, OPTION_KERNELS } from './.config/compile-option-kernel.ts';

/** Entries of the main process side; each becomes one file in out/main, so that resources/ is two folders up from source and output alike. */
const entries = {
  electron: 'main/hosts/electron/entry.ts',
  'electron-services': 'main/hosts/electron/services-process.ts',
  browser: 'main/hosts/browser/entry.ts',
  cli: 'main/hosts/cli/entry.ts',
  worker: 'main/pool/worker.ts',
};

/**
 * electron-vite puts its own `require`, `__dirname` and `__filename` into every file that seems to use them. Our sources are modules and
 * make their own where they need one; two of the same name do not load.
 */
const withoutCommonJsShims: Plugin = {
  name: 'interlock:without-commonjs-shims',
  configResolved(config) {
    const plugins = config.plugins as Plugin[];
    const at = plugins.findIndex((plugin) => plugin.name === 'vite:esm-shim');
    if (at >= 0) plugins.splice(at, 1);
  },
};

/** Puts the compiled option kernels beside the worker that loads them. */
const optionKernels: Plugin = {
  name: 'interlock:option-kernels',
  async generateBundle() {
    for (const build of OPTION_KERNELS)
      this.emitFile({ type: 'asset', fileName: `option-kernel-${build}.wasm`, source: await compileOptionKernel(build) });
  },
};

export default defineConfig({
  main: {
    plugins: [withoutCommonJsShims, optionKernels],
    build: {
      externalizeDeps: true,
      rolldownOptions: { input: entries, output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload is loaded as CommonJS whatever package.json says.
      rolldownOptions: { input: { preload: 'preload/host-bridge.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    publicDir: false,
    plugins: [react()],
    build: { minify: true, chunkSizeWarningLimit: 2000, rolldownOptions: { input: 'renderer/index.html' } },
  },
});
