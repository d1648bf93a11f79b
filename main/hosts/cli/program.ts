import { Command, CommanderError, Option } from 'commander';
import { importFormat } from '../../contract/importing.ts';
import type { RuntimeOptions } from '../runtime.ts';
import { compareAlternatives } from './alternatives.ts';
import { analyseBook, compareRules, suggestHedge } from './analyse.ts';
import { backtest, type BacktestWish } from './backtest.ts';
import { addBlotterVerbs } from './blotter-verbs.ts';
import { backUpBook, bookInfo, verifyBook } from './book.ts';
import { failNode, type FailureWish } from './contagion.ts';
import { calculateFile, callProcedure } from './call.ts';
import { showPhases } from './cascade/phase-text.ts';
import { addRuleOptions, assumedRules, type RuleOptions } from './cascade-options.ts';
import { runDemo } from './demo.ts';
import { addForecastVerbs } from './forecast.ts';
import { addCoverageVerb } from './forecast-coverage.ts';
import type { CrowdShape } from '../../contract/market.ts';
import { drawCrowd, importFile, importMarket, type ImportWish } from './import.ts';
import { runCascade, showSystem, type CascadeWish } from './interconnection.ts';
import { showNetwork } from './network.ts';
import { positive, shockMoves, signed } from './option-values.ts';
import { comparePolicies, showSurvival } from './policy.ts';
import { replayWindow, systemAlong, type ReplayWish } from './replay.ts';
import { addReportVerbs } from './report.ts';
import { showSmiles } from './smiles.ts';
import { addSurplusVerbs } from './surplus.ts';
import { addLimitOptions, type LimitOptions } from './limit-options.ts';
import { addSurvivalOptions, type SurvivalOptions } from './survival-options.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { horizonHours, planTransfers, type TransferWish } from './transfers.ts';
import { addTriggerVerb } from './trigger.ts';
import { GOLDEN_FOLDER, verifyFolder, type VerifyWish } from './verify.ts';
import { addWhatIfVerb } from './what-if.ts';
import { atDesk, type Desk, type Verb } from './workstation.ts';

type Common = { readonly json?: boolean; readonly book?: string; readonly workers?: number };
type Runner = (options: Common, verb: Verb, otherwise?: RuntimeOptions['otherwise']) => Promise<void>;

/** Names the demo book where a book file is asked for; a file of that name is given as ./demo. */
const DEMO = 'demo';

/** Runs one command line; the exit code is 0 when it went well, 1 for a failure, 2 for wrong usage. */
export async function runCommandLine(words: readonly string[], terminal: Terminal, signal?: AbortSignal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const runner =
    (startsAhead: boolean): Runner =>
    async (options, verb, otherwise) => {
      const { json = false, book, workers } = options;
      const opened = book === DEMO ? { otherwise: 'demo' as const } : { bookPath: book, otherwise: otherwise ?? 'nothing' };
      code = await atDesk({ terminal, isJson: json, workers, signal, startsAhead, ...opened }, verb);
    };
  const run = runner(false);
  const program = new Command('interlock').description('Portfolio hedging workstation').exitOverride();
  program.configureOutput({ writeOut: terminal.write, writeErr: terminal.warn });
  addAnalysisVerbs(program, runner(true));
  addInterconnectionVerbs(program, runner(true));
  addBookVerbs(program, run);
  addReportVerbs(program, { verb, run, amount: positive });
  addBlotterVerbs(program, { verb, run });
  addImportVerbs(program, run);
  addCallVerbs(program, run);
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    return cause.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return code;
}

function verb(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--json', 'print JSON')
    .addOption(new Option('--workers <n>', 'threads of the engine').argParser(positive).hideHelp());
}

function addAnalysisVerbs(program: Command, run: Runner): void {
  verb(program, 'demo', 'make the demo book, analyse it, suggest hedges and write every report')
    .requiredOption('--out <dir>', 'folder to write to')
    .action((options: Common & { readonly out: string }) => run(options, (desk) => runDemo(desk, options.out)));
  verb(program, 'analyze', 'analyse a book')
    .alias('analyse')
    .requiredOption('--book <file>', 'book file')
    .option('--scenarios <name>', 'scenario set of the book, by id or name')
    .option('--report <dir>', 'write the reports there')
    .option('--replays', 'replay every recorded window first, so that the reports tell of them')
    .action((options: Common & { readonly scenarios?: string; readonly report?: string; readonly replays?: boolean }) =>
      run(options, (desk) => analyseBook(desk, options)),
    );
  addSurvivalOptions(addLimitOptions(verb(program, 'hedge', 'suggest hedges and collateral actions'), positive), positive)
    .requiredOption('--book <file>', 'book file')
    .option('--budget <usd>', 'most that may be spent, USD', positive)
    .option('--confidence <fraction>', 'confidence of the expected shortfall, e.g. 0.975', positive)
    .action((options: Common & LimitOptions & SurvivalOptions & { readonly budget?: number; readonly confidence?: number }) =>
      run(options, (desk) => suggestHedge(desk, options)),
    );
  const alternatives = verb(
    program,
    'alternatives',
    'compare the suggestion with doing nothing, hedging Greeks, deleveraging, and smaller budgets',
  );
  addSurvivalOptions(addLimitOptions(alternatives, positive), positive)
    .requiredOption('--book <file>', "book file, or 'demo'")
    .option('--confidence <fraction>', 'confidence of the expected shortfall, e.g. 0.975', positive)
    .action((options: Common & LimitOptions & SurvivalOptions & { readonly confidence?: number }) =>
      run(options, (desk) => compareAlternatives(desk, options)),
    );
  verb(program, 'rules', 'compare the rules in force with others for one account')
    .requiredOption('--book <file>', 'book file')
    .requiredOption('--account <id>', 'account of the book')
    .action((options: Common & { readonly account: string }) => run(options, (desk) => compareRules(desk, options.account)));
}

function addInterconnectionVerbs(program: Command, run: Runner): void {
  const add = (name: string, description: string): Command =>
    verb(program, name, description).requiredOption('--book <file>', "book file, or 'demo' for the demo book");
  const addShocked = (name: string, description: string, told: (desk: Desk, wish: CascadeWish) => Promise<ExitCode>): Command =>
    addRuleOptions(add(name, description))
      .option('--shock <moves>', 'relative moves of drivers, e.g. ETH=-0.2,BTC=-0.15; without it the reference shock', shockMoves)
      .option('--volatility <shift>', 'added to every implied volatility, e.g. 0.35', signed)
      .option('--thinning <share>', 'share of the depth that has gone, 0 to 1', positive)
      .option('--no-crowd', 'leave the surrounding borrowers out')
      .action((options: ShockOptions) => run(options, (desk) => told(desk, cascadeWish(options))));
  addShocked('cascade', 'run one shock round by round, everybody together', runCascade)
    .option('--fan <draws>', 'draw it that many times over delay, depth and recovery', positive)
    .option('--seed <n>', 'seed of the fan', positive)
    .option('--both-ends', 'search its outcomes from the shock and from everybody having sold');
  addShocked('policy', 'one shock with and without halts, limits and insurance', comparePolicies);
  addShocked('survival', 'what becomes of each hedge in a shock', showSurvival);
  add('phase', 'where a shock begins to feed on itself, by its size and by how much depth has gone')
    .option('--shock <moves>', 'relative moves of drivers at size 1, e.g. ETH=-0.2,BTC=-0.15; without it the reference shock', shockMoves)
    .option('--level <ratio>', 'loss amplification whose first passing is told, e.g. 1.5', positive)
    .action((options: Common & { readonly shock?: Readonly<Record<string, number>>; readonly level?: number }) =>
      run(options, (desk) => showPhases(desk, options)),
    );
  add('network', 'what the book rests on: metrics, loops, and what the failure of one node costs').action((options: Common) =>
    run(options, showNetwork),
  );
  add('contagion', 'let a venue or issuer fail: what each model says it costs')
    .option('--fail <name>', 'venue or issuer of the book, e.g. binance or tether; without it the costliest')
    .option('--recovery <fraction>', 'share that is recovered, 0 to 1', positive)
    .action((options: Common & FailureWish) => run(options, (desk) => failNode(desk, options)));
  add('transfers', 'the least-cost transfers of collateral between venues, and what fragmentation costs')
    .option('--horizon <time>', 'time they may take, e.g. 30m, 6h or 1d; a day without it', horizonHours)
    .option('--buffer <fraction>', 'share of the requirement each account keeps in excess', positive)
    .action((options: Common & TransferWish) => run(options, (desk) => planTransfers(desk, options)));
  addSurplusVerbs(add, run);
  addForecastVerbs(add, run);
  addCoverageVerb(add, run);
  addTriggerVerb(add, run);
  addWhatIfVerb(add, run);
  addReplayVerbs(add, run);
  addBacktestVerb(add, run);
}

function addReplayVerbs(add: (name: string, description: string) => Command, run: Runner): void {
  type Options = Common & ReplayWish;
  const along = (command: Command): Command =>
    command
      .option('--window <id>', 'recorded window, e.g. 2025-10')
      .option('--prices <file>', 'file of price bars in place of a recorded window')
      .option('--no-warnings', 'leave out the study of daily prices, which takes longest');
  along(add('system', 'the systemic leverage index and its parts; with a window or prices, along them')).action((options: Options) =>
    run(options, (desk) => (options.window === undefined && options.prices === undefined ? showSystem(desk) : systemAlong(desk, options))),
  );
  along(add('replay', 'replay recorded prices on the book: what was said, what happened; without a window lists them')).action(
    (options: Options) => run(options, (desk) => replayWindow(desk, options)),
  );
}

function addBacktestVerb(add: (name: string, description: string) => Command, run: Runner): void {
  add('backtest', 'hedge along recorded windows with what was known at each time, beside doing nothing, hedging Greeks and deleveraging')
    .option('--window <ids...>', 'recorded windows, e.g. 2025-10 2026-02; without them and without prices all')
    .option('--prices <file>', 'file of price bars in place of a recorded window')
    .option('--every <hours>', 'hours between two decisions', positive)
    .action((options: Common & BacktestWish) => run(options, (desk) => backtest(desk, options)));
}

type ShockOptions = Common & Omit<CascadeWish, 'moves' | 'rules'> & RuleOptions & { readonly shock?: Readonly<Record<string, number>> };

function cascadeWish(options: ShockOptions): CascadeWish {
  const { shock: moves, volatility, thinning, crowd, fan, seed, bothEnds } = options;
  return {
    crowd,
    rules: assumedRules(options),
    ...(moves === undefined ? {} : { moves }),
    ...(volatility === undefined ? {} : { volatility }),
    ...(thinning === undefined ? {} : { thinning }),
    ...(fan === undefined ? {} : { fan }),
    ...(seed === undefined ? {} : { seed }),
    ...(bothEnds === undefined ? {} : { bothEnds }),
  };
}

function addBookVerbs(program: Command, run: Runner): void {
  const book = program.command('book').description('look at a book, check it, copy it').exitOverride();
  const add = (name: string, description: string): Command =>
    verb(book, name, description).argument('[file]', 'book file').option('--book <file>', 'the same, as an option');
  const runOn = (command: Command, file: string | undefined, verbToRun: Verb): Promise<void> => {
    const options: Common = command.opts();
    const path = options.book ?? file;
    return path === undefined ? command.error('error: name the book file') : run({ ...options, book: path }, verbToRun);
  };
  type Action = [file: string | undefined, options: unknown, command: Command];
  add('info', 'what the book holds').action((...[file, , command]: Action) => runOn(command, file, bookInfo));
  add('verify', 'check integrity, references and the content digest').action((...[file, , command]: Action) =>
    runOn(command, file, verifyBook),
  );
  add('backup', 'copy the book while it is in use')
    .requiredOption('--to <file>', 'file to write; never overwritten')
    .action((...[file, , command]: Action) => runOn(command, file, (desk) => backUpBook(desk, command.opts<{ to: string }>().to)));
}

function addImportVerbs(program: Command, run: Runner): void {
  type Options = Common & { readonly file: string; readonly format: ImportWish['format']; readonly dryRun?: boolean } & {
    readonly decimalSign?: 'dot' | 'comma';
    readonly dateOrder?: 'dayFirst' | 'monthFirst';
    readonly account?: string;
  };
  verb(program, 'import', 'import positions from a file')
    .requiredOption('--book <file>', 'book file')
    .requiredOption('--file <file>', 'CSV, XLSX or JSON')
    .addOption(new Option('--format <format>', 'layout of the file').choices(importFormat.options).default('auto'))
    .option('--dry-run', 'say what would be written, write nothing')
    .addOption(new Option('--decimal-sign <sign>', 'decimal sign of the file').choices(['dot', 'comma', 'leaveOut']))
    .addOption(new Option('--date-order <order>', 'order of day and month').choices(['dayFirst', 'monthFirst', 'leaveOut']))
    .option('--account <id>', 'account that rows without one belong to')
    .action((options: Options) => {
      const { decimalSign, dateOrder, account } = options;
      const answers = {
        ...(decimalSign === undefined ? {} : { decimalSign }),
        ...(dateOrder === undefined ? {} : { dateOrder }),
        ...(account === undefined ? {} : { accountId: account }),
      };
      return run(options, (desk) =>
        importFile(desk, { file: options.file, format: options.format, answers, isDryRun: options.dryRun === true }),
      );
    });
  const market = program.command('market').description('prices and venue parameters').exitOverride();
  verb(market, 'import', 'import an option chain, price bars, venue parameters or a snapshot')
    .requiredOption('--book <file>', 'book file')
    .requiredOption('--file <file>', 'CSV or JSON')
    .action((options: Common & { readonly file: string }) => run(options, (desk) => importMarket(desk, options.file)));
  verb(market, 'crowd', 'surround the book with borrowers drawn like the recorded ones, or as stated')
    .requiredOption('--book <file>', 'book file')
    .requiredOption('--borrowers <n>', 'how many', positive)
    .option('--median-usd <usd>', 'median collateral', positive)
    .option('--size-sigma <sigma>', 'spread of the logarithm of sizes', positive)
    .option('--median-health <health>', 'median health factor', positive)
    .option('--health-sigma <sigma>', 'spread of the logarithm of health − 1', positive)
    .option('--seed <n>', 'seed of the draws', positive)
    .action((options: Common & CrowdShape) => run(options, (desk) => drawCrowd(desk, options)));
  verb(market, 'smiles', 'how well the option chain agrees with itself, expiry by expiry')
    .requiredOption('--book <file>', 'book file')
    .action((options: Common) => run(options, showSmiles));
}

function addCallVerbs(program: Command, run: Runner): void {
  verb(program, 'call', 'call any procedure of the contract; prints JSON')
    .argument('<procedure>', "its name, e.g. 'book.info'")
    .argument('[input]', 'JSON, @file, or - for the standard input')
    .option('--book <file>', 'book to open; without it the last one, or the demo book')
    .action((name: string, input: string | undefined, options: Common) =>
      run(options, (desk) => callProcedure(desk, name, input), 'lastOrDemo'),
    );
  verb(program, 'calculate', 'work out the cases of an outside-number file; prints JSON')
    .argument('<file>', 'JSON with {file, cases: [{id, group, in}]}, or - for the standard input')
    .action((file: string, options: Common) => run(options, (desk) => calculateFile(desk, file)));
  verb(program, 'verify', 'hold every family of figures against outside numbers; ends with 1 unless all agree')
    .option('--vectors <dir>', 'folder of outside-number files, each with its cases and what counts', GOLDEN_FOLDER)
    .option('--out <dir>', 'folder for the answers to files that expect no figures; without it they are printed')
    .action((options: Common & VerifyWish) => run(options, (desk) => verifyFolder(desk, options)));
}
