import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { writeFiles } from '../cli/write-files.ts';
import { DEFAULT_HOOK_POLICY, type HookPolicy } from '../core/hook-policy.ts';
import { bundleHook } from './bundle.ts';
import { LINK_FLAGS } from './flags.ts';
import { ensureRuntime, type Runtime } from './runtime.ts';
import { runTool } from './tools.ts';

/** Twice: the members of archives are named too. */
const TRACE = '-Wl,--trace,--trace';

/** What to compile, and where the executable goes. */
export interface CompileOptions {
  entry: string;
  output: string;
  /** What is compiled into it; without one, what is safe for everybody. */
  policy?: HookPolicy;
}

/** What came of it. */
export interface CompiledHook {
  bytes: number;
  /** The linker's own words: every object file, and every member of an archive, that it took. */
  linked: string[];
}

/** TypeScript to one static executable: bundle, bytecode, link. The same sources give the same bytes. */
export async function compileHook(options: CompileOptions): Promise<CompiledHook> {
  const bundle = await bundleHook(resolve(options.entry), options.policy ?? DEFAULT_HOOK_POLICY);
  const runtime = await ensureRuntime();
  const work = await mkdtemp(join(tmpdir(), 'macveil-compile-'));
  try {
    const { program, linked } = await link(await toBytecode(bundle, runtime, work), runtime, work);
    return { bytes: await putInPlace(program, resolve(options.output)), linked };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Compiles inside the work folder under a fixed name, since qjsc keeps the name it is given. */
async function toBytecode(bundle: string, runtime: Runtime, work: string): Promise<string> {
  await writeFile(join(work, 'hook.js'), bundle);
  const args = ['-s', '-c', '-N', 'hook_bytecode', '-o', 'hook.c', 'hook.js'];
  await runTool(runtime.qjsc, args, { cwd: work });
  await runTool('musl-gcc', ['-Os', '-c', 'hook.c', '-o', 'hook.o'], { cwd: work });
  return join(work, 'hook.o');
}

async function link(bytecode: string, runtime: Runtime, work: string) {
  const program = join(work, 'hook');
  const args = [...LINK_FLAGS, TRACE, runtime.object, bytecode, '-lm', '-o', program];
  const linked = (await runTool('musl-gcc', args)).split('\n');
  return { program, linked };
}

/** An older hook stays until the new one is whole. */
async function putInPlace(program: string, output: string): Promise<number> {
  await mkdir(dirname(output), { recursive: true });
  const content = await readFile(program);
  writeFiles([{ path: output, content, mode: 0o755 }]);
  return content.length;
}
