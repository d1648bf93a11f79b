import { succeed, type Result } from '../../domain/failure.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import { readRecordedWindows } from '../../market/recorded-window.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import { packBook, type PackResult } from '../pack.ts';
import { recordedActivity } from './activity.ts';
import { bookModel, type BookModel } from './path-model.ts';

/** What paths of a book's market are drawn from. */
export type OpenModel = { readonly pack: PackResult; readonly windows: readonly RecordedWindow[]; readonly book: BookModel };

/** Packs the book, reads the recorded windows and fits the model of its drivers. */
export function openModel(inputs: AnalysisInputs, seed: number, resourcesFolder: string): Result<OpenModel> {
  const pack = packBook(inputs.contents, inputs.snapshot, inputs.scenarioSet);
  return pack.ok ? modelOfPack(inputs, pack.value, { seed, resourcesFolder }) : pack;
}

/** The same for a book that is packed already, with positions it does not hold yet. */
export function modelOfPack(
  inputs: AnalysisInputs,
  pack: PackResult,
  { seed, resourcesFolder }: { readonly seed: number; readonly resourcesFolder: string },
): Result<OpenModel> {
  const windows = readRecordedWindows(resourcesFolder);
  if (!windows.ok) return windows;
  const activity = recordedActivity(windows.value, pack.driverIds);
  const book = bookModel(inputs, pack, { seed, activity });
  return book.ok ? succeed({ pack, windows: windows.value, book: book.value }) : book;
}
