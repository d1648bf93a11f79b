import { join } from 'node:path';
import { programFolder, rendererFolder } from '../folders.ts';
import { startDesktop } from './desktop.ts';

const output = join(programFolder, 'out');
// Not awaited: Electron is ready only after this module has been evaluated.
void startDesktop({
  preloadPath: join(output, 'preload', 'preload.cjs'),
  servicesPath: join(output, 'main', 'electron-services.js'),
  rendererFolder,
  servicesArguments: process.argv.filter((argument) => argument.startsWith('--book=')),
});
