import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KernelAnalysis } from '../../src/modules/enumerate.ts';
import { moduleName } from '../../src/modules/module-facts.ts';

/** One command line does not hold all questions. */
const PORTION = 500;

/** The blocked modules that the real modprobe would insert under this list, asked for every module and each alias of a blocked one. */
export function inserted(root: string, kernel: KernelAnalysis, list: string): string[] {
  const configuration = mkdtempSync(join(tmpdir(), 'macveil-conf-'));
  try {
    writeFileSync(join(configuration, 'list.conf'), list);
    return wouldInsert(root, kernel, configuration);
  } finally {
    rmSync(configuration, { recursive: true });
  }
}

function wouldInsert(root: string, kernel: KernelAnalysis, configuration: string): string[] {
  const blocked = new Set(kernel.modules.filter((module) => module.blocked).map(({ path }) => path));
  const aliases = kernel.facts
    .filter(({ path }) => blocked.has(path))
    .flatMap((facts) => facts.aliases.map(example));
  const questions = [...kernel.facts.map(({ name }) => name), ...aliases];
  const options = ['-S', kernel.release, '-d', root, '-C', configuration, '-n', '-v', '-a'];
  const found = new Set<string>();
  for (let at = 0; at < questions.length; at += PORTION) {
    const output = ask([...options, ...questions.slice(at, at + PORTION)]);
    for (const [, path = ''] of output.matchAll(/^insmod (\S+)/gm))
      found.add(path.split(`/${kernel.release}/`)[1] ?? '');
  }
  return [...found]
    .filter((path) => blocked.has(path))
    .map(moduleName)
    .sort();
}

function ask(args: string[]): string {
  // A user's PATH on Debian does not hold modprobe.
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  // Its exit code says only that one of many questions was refused.
  const { stdout, error } = spawnSync('modprobe', args, { encoding: 'utf8', env });
  if (error) throw error;
  return stdout;
}

/** A device that fits the alias: `*` fits itself, of a set the first character. */
function example(alias: string): string {
  return alias.replace(/\[(.)[^\]]*\]/g, '$1');
}
