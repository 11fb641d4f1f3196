import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { writeFiles } from '../cli/write-files.ts';
import { DEFAULT_HOOK_POLICY, type HookPolicy } from '../core/hook-policy.ts';
import { bundleHook } from './bundle.ts';
import { LINK_FLAGS } from './flags.ts';
import { ensureRuntime, type Runtime } from './runtime.ts';
import { runTool } from './tools.ts';

/** What to compile, and where the executable goes. */
export interface CompileOptions {
  entry: string;
  output: string;
  /** What is compiled into it; without one, what is safe for everybody. */
  policy?: HookPolicy;
}

/** TypeScript to one static executable: bundle, bytecode, link. The same sources give the same bytes. */
export async function compileHook(options: CompileOptions): Promise<{ bytes: number }> {
  const bundle = await bundleHook(resolve(options.entry), options.policy ?? DEFAULT_HOOK_POLICY);
  const runtime = await ensureRuntime();
  const work = await mkdtemp(join(tmpdir(), 'macveil-compile-'));
  try {
    const program = await link(await toBytecode(bundle, runtime, work), runtime, work);
    return await putInPlace(program, resolve(options.output));
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

async function link(bytecode: string, runtime: Runtime, work: string): Promise<string> {
  const program = join(work, 'hook');
  await runTool('musl-gcc', [...LINK_FLAGS, runtime.object, bytecode, '-lm', '-o', program]);
  return program;
}

/** An older hook stays until the new one is whole. */
async function putInPlace(program: string, output: string): Promise<{ bytes: number }> {
  await mkdir(dirname(output), { recursive: true });
  const content = await readFile(program);
  writeFiles([{ path: output, content, mode: 0o755 }]);
  return { bytes: content.length };
}
