import type { ImportFormat } from '../../../main/contract/importing.ts';

/** Layouts a user may choose, in words. */
export const formatTitles: Record<ImportFormat, string> = {
  auto: 'Recognise by its header',
  'interlock-csv': 'Interlock CSV',
  'interlock-xlsx': 'Interlock XLSX',
  'interlock-json': 'Interlock JSON',
  'deribit-transactions': 'Deribit transaction log',
  'binance-trades': 'Binance USD-M trade history',
  'binance-positions': 'Binance USD-M position history',
  'hyperliquid-trades': 'Hyperliquid trade history',
};
