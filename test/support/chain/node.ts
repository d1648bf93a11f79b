import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createTestClient, http, publicActions, walletActions, type Account, type Address, type Chain, type HttpTransport } from 'viem';
import type { PublicActions, TestClient, WalletActions } from 'viem';
import { foundry } from 'viem/chains';

/** A client that reads, sends from the unlocked account, and sets time, balance and storage. */
export type ChainClient = TestClient<'anvil', HttpTransport, Chain, Account> &
  PublicActions<HttpTransport, Chain, Account> &
  WalletActions<Chain, Account>;

/** A node with an empty chain of its own; whoever starts it stops it. */
export type ChainNode = { readonly client: ChainClient; readonly account: Address; readonly stop: () => Promise<void> };

/** First block time of every chain here, seconds: 2026-01-01T00:00Z. */
export const GENESIS_SECONDS = 1_767_225_600n;

/** Unlocked by the node from its published test phrase; holds test money only. */
const RICH_ACCOUNT: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const START_MS = 20_000;

/** Binary of the node for this platform, or the reason why there is none, to be printed by the tests that skip. */
export function findChainBinary(): { readonly path: string } | { readonly missing: string } {
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = fileURLToPath(new URL(`../../../node_modules/${name}/bin/anvil${suffix}`, import.meta.url));
  return existsSync(path) ? { path } : { missing: `no EVM node for ${process.platform} ${process.arch}: ${name} is not installed` };
}

/** Starts a node on a free port of this machine and waits until it answers. */
export async function startChain(): Promise<ChainNode> {
  const binary = findChainBinary();
  if ('missing' in binary) throw new Error(binary.missing);
  const port = await freePort();
  const child = spawn(binary.path, [
    ...['--host', '127.0.0.1', '--port', String(port), '--silent', '--timestamp', String(GENESIS_SECONDS), '--hardfork', 'cancun'],
    ...['--gas-limit', '1000000000000000', '--disable-code-size-limit', '--disable-min-priority-fee', '--block-base-fee-per-gas', '0'],
    ...['--memory-limit', String(2 ** 32), '--no-request-size-limit', '--accounts', '1'],
  ]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const client = createTestClient({
    mode: 'anvil',
    chain: foundry,
    account: RICH_ACCOUNT,
    pollingInterval: 20,
    cacheTime: 0,
    transport: http(`http://127.0.0.1:${port}`, { timeout: 300_000, retryCount: 0 }),
  })
    .extend(publicActions)
    .extend(walletActions) as unknown as ChainClient;
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  const deadline = Date.now() + START_MS;
  while (!(await answers(client))) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`the EVM node did not answer on port ${port} within ${START_MS / 1000} s`);
  }
  return { client, account: RICH_ACCOUNT, stop };
}

async function answers(client: ChainClient): Promise<boolean> {
  try {
    return (await client.getChainId()) === foundry.id;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
