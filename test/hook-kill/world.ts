import { build } from 'esbuild';
import { execa } from 'execa';

/** Programs that run in world.sh, by the name of their source. */
type Program = 'trials' | 'unblocks' | 'faults';

const LIMIT_MS = 150_000;

/** Makes a program for the world. */
export async function buildProgram(name: Program): Promise<void> {
  await build({
    entryPoints: [`test/hook-kill/${name}.ts`],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile: outputOf(name),
    logLevel: 'silent',
  });
}

/** Runs a program in a world of its own; what it found, a line each. */
export async function runInWorld<Found>(name: Program, args: string[]): Promise<Found[]> {
  const command = ['test/hook-kill/world.sh', process.execPath, outputOf(name), ...args];
  const { stdout } = await execa('sh', command, { timeout: LIMIT_MS });
  return stdout.split('\n').map((line) => JSON.parse(line) as Found);
}

function outputOf(name: Program): string {
  return `.cache/hook-kill/${name}.mjs`;
}
