import { Option, type Command } from 'commander';
import { exportBlotter, fillTicket, listBlotter, promoteLegs, stageBlotter, type FillWish } from './blotter.ts';
import type { Verb } from './workstation.ts';

type Common = { readonly json?: boolean; readonly book?: string; readonly workers?: number };

/** How the command line makes a verb and runs it. */
export type BlotterTools = {
  readonly verb: (parent: Command, name: string, description: string) => Command;
  readonly run: (options: Common, verb: Verb) => Promise<void>;
};

/** Adds `blotter` with its verbs. */
export function addBlotterVerbs(program: Command, { verb, run }: BlotterTools): void {
  const blotter = program.command('blotter').description('tickets of what is to be done by hand; nothing is ever sent').exitOverride();
  const add = (name: string, description: string): Command => verb(blotter, name, description).requiredOption('--book <file>', 'book file');
  add('list', 'every ticket and where it stands').action((options: Common) => run(options, listBlotter));
  add('promote', 'suggest hedges and make tickets of their legs').action((options: Common) => run(options, promoteLegs));
  add('stage', 'suggest hedges and bring the open tickets in line with them: made, changed, cancelled as one undo step')
    .option('--dry-run', 'say what would be staged, write nothing')
    .action((options: Common & { readonly dryRun?: boolean }) =>
      run(options, (desk) => stageBlotter(desk, { isDryRun: options.dryRun === true })),
    );
  add('fill', 'book what was filled: positions and the cash that pays, one undo step')
    .requiredOption('--ticket <id>', 'ticket, as listed')
    .requiredOption('--quantity <amount>', 'quantity filled')
    .option('--price <price>', "price of the fill, in the ticket's unit")
    .option('--fee <amount>', 'fee, in units of the asset that pays')
    .option('--beyond-limit', 'the price may be worse than the limit')
    .action((options: Common & FillWish) => run(options, (desk) => fillTicket(desk, options)));
  add('export', 'the blotter as CSV or JSON')
    .addOption(new Option('--format <format>', 'format of the file').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'file to write, never overwritten; without it the standard output')
    .action((options: Common & { readonly format: 'csv' | 'json'; readonly out?: string }) =>
      run(options, (desk) => exportBlotter(desk, options)),
    );
}
