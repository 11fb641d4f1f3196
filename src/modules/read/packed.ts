import { access, constants } from 'node:fs/promises';
import { ioError } from '../../cli/io-error.ts';
import { type ModuleFacts, moduleFacts, problemFacts } from '../module-facts.ts';
import type { ModuleFile } from '../tree.ts';
import { MAX_MODULE_SIZE, TOO_LARGE } from './limits.ts';
import { Splitter } from './splitter.ts';
import { runTool, streamTool, type Tool } from './tool.ts';

/** Reads one batch of modules with one process; a batch in which anything is wrong is read again file by file. */
export async function readPacked(tool: Tool, batch: ModuleFile[]): Promise<ModuleFacts[]> {
  const sizes = await tool.sizes(batch.map(({ file }) => file));
  const together = sizes.every((size) => size !== null && size > 0 && size <= MAX_MODULE_SIZE);
  const facts = together ? await readTogether(tool, batch, sizes as number[]) : null;
  return facts ?? readEach(tool, batch);
}

/** Null when the stream was not exactly what the sizes promised: then no cut in it can be trusted. */
async function readTogether(tool: Tool, batch: ModuleFile[], sizes: number[]): Promise<ModuleFacts[] | null> {
  const facts: ModuleFacts[] = [];
  const splitter = new Splitter(sizes, (index, bytes) => {
    facts.push(moduleFacts(batch[index]?.path ?? '', bytes));
  });
  const ended = await streamTool(
    tool,
    batch.map(({ file }) => file),
    (chunk) => splitter.push(chunk),
  );
  return ended && splitter.isComplete() ? facts : null;
}

async function readEach(tool: Tool, batch: ModuleFile[]): Promise<ModuleFacts[]> {
  const facts: ModuleFacts[] = [];
  for (const module of batch) facts.push(await readOne(tool, module));
  return facts;
}

async function readOne(tool: Tool, { file, path }: ModuleFile): Promise<ModuleFacts> {
  await access(file, constants.R_OK).catch((error) => {
    throw ioError(error, file);
  });
  const { failed, stdout, stderr } = await runTool(tool, [...tool.unpack, file]);
  if (stdout.length >= MAX_MODULE_SIZE) return problemFacts(path, TOO_LARGE);
  if (!failed) return moduleFacts(path, stdout);
  return problemFacts(
    path,
    `${tool.program} cannot unpack it${stderr === '' ? '' : `: ${lastLine(stderr)}`}`,
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
