import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { execa } from 'execa';
import { compileHook } from '../../src/compile/compile.ts';
import type { Need } from './case.ts';
import type { Outcome } from './suite.ts';

const PRODUCTS = resolve('.cache/contract');
const LIMIT_MS = 120_000;

/** A way to run the suite outside this process. */
export interface Driver {
  name: string;
  /** Makes the program; the command that runs it. */
  prepare(): Promise<string[]>;
  /** What the adapter has none of, each with the reason. */
  lacks: [Need, string][];
}

/** The adapters that act on the real machine. */
export const DRIVERS: Driver[] = [
  {
    name: 'node',
    prepare: prepareNode,
    lacks: [['waiting', 'nothing on a build host waits for changes']],
  },
  { name: 'compiled', prepare: prepareCompiled, lacks: [] },
];

/** What this machine lacks, each with the reason in words; without root there is no world at all. */
export function missingNeeds(): Map<Need | 'root', string> {
  const missing = new Map<Need | 'root', string>();
  if (process.getuid?.() !== 0) missing.set('root', 'namespaces and interfaces need root');
  if (!existsSync('/proc/sys/net/core/default_qdisc')) {
    missing.set('default-qdisc', 'default_qdisc is not visible in this network namespace');
  }
  if (!existsSync('/dev/kmsg')) missing.set('kernel-log', 'there is no /dev/kmsg');
  return missing;
}

/** The outcome of every case, with and without privilege, each in namespaces of its own. */
export async function runDriver(command: string[]): Promise<Map<string, string>> {
  const outcomes = [
    ...(await runInWorld([], [...command])),
    ...(await runInWorld(['--powerless'], [...command, 'powerless'])),
  ];
  return new Map(outcomes.map(({ title, error }) => [title, error]));
}

async function runInWorld(options: string[], command: string[]): Promise<Outcome[]> {
  const script = resolve('test/contract/world.sh');
  const { stdout } = await execa('sh', [script, ...options, ...command], { timeout: LIMIT_MS });
  return stdout.split('\n').map((line) => JSON.parse(line) as Outcome);
}

async function prepareNode(): Promise<string[]> {
  await mkdir(PRODUCTS, { recursive: true });
  const outfile = `${PRODUCTS}/driver-node.mjs`;
  const entryPoints = ['test/contract/driver-node.ts'];
  await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'silent' });
  return [process.execPath, outfile];
}

async function prepareCompiled(): Promise<string[]> {
  const output = `${PRODUCTS}/driver-quickjs`;
  await compileHook({ entry: 'test/contract/driver-quickjs.ts', output });
  return [output];
}
