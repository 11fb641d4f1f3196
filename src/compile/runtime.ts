import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { COMPILER_FLAGS, ENGINE_FLAGS, JOIN_FLAGS, LINK_FLAGS, NATIVE_FLAGS } from './flags.ts';
import { withLock } from './lock.ts';
import { cacheDir, kernelHeaders, runtimeSources } from './places.ts';
import { runTool } from './tools.ts';

/** What a hook is made with: the bytecode compiler, and the object that holds everything but the bytecode. */
export interface Runtime {
  qjsc: string;
  object: string;
}

/** The files of QuickJS that the hook needs; its own C library (quickjs-libc) is only for qjsc. */
const ENGINE = ['quickjs', 'libregexp', 'libunicode', 'cutils', 'dtoa'];
const COMPILER = [...ENGINE, 'quickjs-libc', 'qjsc'];
/** What fetches and makes the runtime: all of it is part of the cache key. */
const SOURCES = /\.(c|h|sh)$/;

/** The runtime for the present sources and compilers; built on first use, then taken from the cache. */
export async function ensureRuntime(): Promise<Runtime> {
  await runTool('gcc', ['--version']);
  const directory = join(cacheDir(), `runtime-${await cacheKey()}`);
  if (!existsSync(directory)) {
    await withLock(join(cacheDir(), 'lock'), async () => {
      if (!existsSync(directory)) await buildInto(directory);
    });
  }
  return { qjsc: join(directory, 'qjsc'), object: join(directory, 'runtime.o') };
}

/** Names the runtime by all that goes into it, so that a changed file or compiler is never overlooked. */
async function cacheKey(): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(runtimeSources())).filter((name) => SOURCES.test(name)).sort();
  for (const name of names) hash.update(name).update(await readFile(join(runtimeSources(), name)));
  hash.update(JSON.stringify([ENGINE_FLAGS, NATIVE_FLAGS, JOIN_FLAGS, LINK_FLAGS, COMPILER_FLAGS]));
  hash.update(await runTool('musl-gcc', ['-dumpfullversion', '-dumpmachine']));
  return hash.digest('hex').slice(0, 16);
}

/** Builds beside the final place and renames: a cache that is there is complete. */
async function buildInto(directory: string): Promise<void> {
  const engine = await fetchEngine();
  const work = await mkdtemp(join(cacheDir(), 'build-'));
  try {
    await allDone([buildCompiler(engine, work), buildObject(engine, work)]);
    await rename(work, directory);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Like Promise.all, but waits for the others too when one fails: nobody may still write into the folder then. */
async function allDone(works: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function fetchEngine(): Promise<string> {
  const script = join(runtimeSources(), 'fetch.sh');
  return (await runTool('sh', [script, cacheDir()])).trim().split('\n').at(-1) ?? '';
}

async function buildCompiler(engine: string, work: string): Promise<void> {
  const sources = COMPILER.map((name) => `${name}.c`);
  const libraries = ['-lm', '-ldl', '-lpthread'];
  await runTool('gcc', [...COMPILER_FLAGS, ...sources, ...libraries, '-o', join(work, 'qjsc')], {
    cwd: engine,
  });
}

async function buildObject(engine: string, work: string): Promise<void> {
  const headers = await lendHeaders(work);
  const own = (await readdir(runtimeSources())).filter((name) => name.endsWith('.c')).sort();
  const objects: string[] = [];
  const compile = async (flags: string[], source: string, cwd: string) => {
    objects.push(join(work, `${source}.o`));
    await runTool('musl-gcc', [...flags, '-c', source, '-o', join(work, `${source}.o`)], { cwd });
  };
  const include = ['-isystem', headers, '-isystem', engine];
  for (const name of ENGINE) await compile(ENGINE_FLAGS, `${name}.c`, engine);
  for (const name of own) await compile([...NATIVE_FLAGS, ...include], name, runtimeSources());
  await runTool('musl-gcc', [...JOIN_FLAGS, ...objects, '-o', join(work, 'runtime.o')]);
}

async function lendHeaders(work: string): Promise<string> {
  const headers = join(work, 'include');
  await mkdir(headers);
  const multiarch = (await runTool('gcc', ['-print-multiarch'])).trim();
  for (const [name, target] of Object.entries(kernelHeaders(multiarch))) {
    await symlink(target, join(headers, name));
  }
  return headers;
}
