/** Columns a file of positions must have. */
export const REQUIRED_COLUMNS = ['position_id', 'account_id', 'instrument_id', 'quantity'] as const;

/** Columns that describe an account; used to create it, or checked against it. */
export const ACCOUNT_COLUMNS = ['venue', 'account_name', 'account_kind', 'parent_account', 'market', 'account_currency'] as const;

/** Columns that describe an instrument; used to create it, or checked against it. */
export const INSTRUMENT_COLUMNS = [
  'kind',
  'instrument_name',
  'instrument_venue',
  'asset',
  'asset_kind',
  'underlying',
  'settlement',
  'settlement_asset',
  'contract_size',
  'lot_size',
  'expiry',
  'strike',
  'option_type',
] as const;

/** Every column of Interlock's own format, in the order of its documentation (resources/formats/README.md). */
export const POSITION_COLUMNS: readonly string[] = [
  ...REQUIRED_COLUMNS,
  'entry_price',
  'opened_at',
  ...ACCOUNT_COLUMNS,
  ...INSTRUMENT_COLUMNS,
];

/** First signs that make a spreadsheet take text for a formula, with their full-width forms. */
const FORMULA_START = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Text of a CSV cell without the apostrophe that keeps a spreadsheet from taking it for a formula. */
export function withoutFormulaGuard(text: string): string {
  return FORMULA_START.test(text) ? text.slice(1) : text;
}
