import { runCommandLine } from '../../main/hosts/cli/program.ts';

/** Runs a command as if typed; what it printed and how it ended. */
export async function typed(words: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const terminal = {
    write: (text: string) => void (out += text),
    warn: (text: string) => void (err += text),
    isInteractive: false,
    readInput: async () => input,
  };
  const code = await runCommandLine(words, terminal);
  return { code, out, err };
}
