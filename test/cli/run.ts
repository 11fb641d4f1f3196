import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { scratch, writeFiles } from '../install/fixture.ts';
import { buildModule } from '../modules/build-module.ts';

/** A cache of its own: neither do tests fill that of who runs them, nor does it answer them. */
const ENVIRONMENT = { ...process.env, XDG_CACHE_HOME: scratch() };
const RELEASE = '6.12.0-test';

/** What a user sees of one command. */
export interface CommandResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the bundled command line as a user would. */
export function macveil(...args: string[]): CommandResult {
  return macveilIn(process.cwd(), ...args);
}

/** The same with a module that Node loads first: a fault that no argument can cause. */
export function macveilWith(preload: string, ...args: string[]): CommandResult {
  const url = `data:text/javascript,${encodeURIComponent(preload)}`;
  return runNode(process.cwd(), ['--import', url], args);
}

/** The same in a working directory of its own. */
export function macveilIn(cwd: string, ...args: string[]): CommandResult {
  return runNode(cwd, [], args);
}

function runNode(cwd: string, options: string[], args: string[]): CommandResult {
  const all = [...options, join(process.cwd(), 'dist/macveil.mjs'), ...args];
  const run = spawnSync(process.execPath, all, { encoding: 'utf8', cwd, env: ENVIRONMENT });
  if (run.error) throw run.error;
  return { exitCode: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** Gives a root a kernel with one network driver, and the files of a real one that stand beside it. */
export function addKernel(root: string): string {
  const directory = join(root, 'usr/lib/modules', RELEASE);
  mkdirSync(join(directory, 'kernel'), { recursive: true });
  const driver = buildModule({
    imports: ['register_netdev'],
    modinfo: ['license=GPL', 'alias=pci:v00008086d0000100Esv*'],
  });
  writeFileSync(join(directory, 'kernel/e1000.ko'), driver);
  writeFiles(directory, { 'modules.builtin': '', 'modules.builtin.modinfo': '' });
  writeFiles(root, { [`boot/vmlinuz-${RELEASE}`]: '' });
  return directory;
}

/** The lines of standard error that are an error: one is what a user shall get. */
export function errorLines({ stderr }: CommandResult): string[] {
  return stderr.split('\n').filter((line) => line.startsWith('macveil: '));
}
