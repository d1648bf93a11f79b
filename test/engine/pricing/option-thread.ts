import { parentPort, workerData } from 'node:worker_threads';
import { instantiateOptionKernel } from '../../../main/pool/option-kernel.ts';
import { sumsByKernel, type OptionCase } from './option-case.ts';

/* One thread of the benchmark of two: does its half of the scenarios as often as it is told, and says when it is done. */
const { bytes, half } = workerData as { readonly bytes: Uint8Array<ArrayBuffer>; readonly half: OptionCase };
const kernel = instantiateOptionKernel('relaxed', bytes);
parentPort?.on('message', (halves: number) => {
  for (let turn = 0; turn < halves; turn += 1) sumsByKernel(kernel, half);
  parentPort?.postMessage('done');
});
