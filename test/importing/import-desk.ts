import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenBook } from '../../main/book/open-book.ts';
import type { ImportAnswers, ImportFormat, ImportPreview } from '../../main/contract/importing.ts';
import type { Result } from '../../main/domain/failure.ts';
import type { Position } from '../../main/domain/position.ts';
import { createImportingServices } from '../../main/services/importing.ts';
import { createMarketServices } from '../../main/services/market.ts';
import { createSession } from '../../main/services/session.ts';

/** The folder of the program's own resources. */
export const resourcesFolder = fileURLToPath(new URL('../../resources', import.meta.url));

/** How many of each row state, for short expectations. */
export type Counts = ImportPreview['counts'];

/** A fresh book in a folder of its own with the services that bring files into it. */
export function openDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-desk-'));
  const session = createSession({ announce: () => undefined });
  const created = session.create(join(folder, 'desk.interlock'), 'Desk');
  if (!created.ok) throw new Error(created.failure.message);
  const importing = createImportingServices({ session, resourcesFolder });
  const market = createMarketServices({ session });
  let runs = 0;
  const context = (signal = new AbortController().signal) => ({ signal, progress: () => undefined, runId: `run-${(runs += 1)}` });
  const book = (): OpenBook => must(session.book());
  return {
    folder,
    session,
    importing,
    market,
    context,
    book,
    /** Writes a file into the desk's folder and returns its path. */
    file(name: string, content: string | Uint8Array): string {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    preview(path: string, answers: ImportAnswers = {}, format: ImportFormat = 'auto') {
      return importing['import.preview']({ source: { path }, format, answers }, context());
    },
    /** Previews and commits; throws where either fails. */
    async load(path: string, answers: ImportAnswers = {}) {
      const preview = must(await importing['import.preview']({ source: { path }, format: 'auto', answers }, context()));
      const result = must(await importing['import.commit']({ previewId: preview.previewId }, context()));
      return { preview, result };
    },
    positions(): Position[] {
      return must(book().contents()).positions;
    },
    position(id: string): Position | undefined {
      return this.positions().find((row) => row.id === id);
    },
    close(): void {
      session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Desk = ReturnType<typeof openDesk>;

/** The value of a result; throws its failure. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.reason}: ${result.failure.message}`);
  return result.value;
}

/** Golden header and sample rows of real exports. */
export const exportFormats = JSON.parse(readFileSync(new URL('../golden/export-formats.json', import.meta.url), 'utf8')) as {
  deribitTransactionLog: { headersNewestFirst: string[]; types: string[]; sides: string[] };
  binanceTradeHistory: { header: string; row: string };
  binancePositionHistory: { header: string; row: string };
  hyperliquidTradeHistory: { header: string; rows: string[]; otherHeader: string };
};

/** Header of a small file of spot balances that brings its own account, instrument and asset. */
export const SPOT_HEADER = 'position_id,account_id,instrument_id,quantity,entry_price,opened_at,venue,kind,asset,asset_kind';

/** One such row; further cells may be given by name. */
export function spotRow(id: string, quantity: string, more: { entry?: string; at?: string; account?: string } = {}): string {
  return `${id},${more.account ?? 'CST-9'},spot:BTC,${quantity},${more.entry ?? ''},${more.at ?? ''},custody,spot,BTC,base`;
}
