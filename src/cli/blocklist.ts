import process from 'node:process';
import kleur from 'kleur';
import type { CommandModule } from 'yargs';
import { formatBlocklist } from '../modules/blocklist.ts';
import { analyseRoot, type Enumeration, type KernelAnalysis } from '../modules/enumerate.ts';
import { explain, formatExplanation } from '../modules/explain.ts';
import { formatManifest } from '../modules/manifest.ts';
import { formatSummary } from '../modules/summary.ts';
import { type OutputFile, writeFiles } from '../modules/write-files.ts';
import { CliError, EXIT } from './errors.ts';
import { rootOption, singleValue } from './options.ts';
import { StatusLine } from './status-line.ts';
import { useColours } from './style.ts';

interface BlocklistArguments {
  root: string;
  output?: string | undefined;
  manifest?: string | undefined;
  explain?: string | undefined;
  json: boolean;
}

const text = (name: string) => ({ type: 'string', requiresArg: true, coerce: singleValue(name) }) as const;

const EPILOGUE = [
  'The list goes to standard output, a summary by class to standard error. A module that cannot be read is named and blocked. How a module is judged: docs/enumeration.md.',
  'Exit codes: 0 listed; 2 wrong arguments; 3 DIR is missing or holds no kernel; 4 xz or zstd is missing or failed; 5 reading or writing failed (full disk, no permission).',
].join('\n\n');

/** `macveil blocklist`: lists every module that can make a network interface, and writes what keeps them off. */
export const blocklistCommand: CommandModule<object, BlocklistArguments> = {
  command: 'blocklist',
  describe: 'List every kernel module that can make a network interface, and block those that must not load',
  builder: (yargs) =>
    yargs
      .option('root', rootOption)
      .option('output', {
        ...text('output'),
        describe: 'Write the modprobe.d file here, not to standard output',
      })
      .option('manifest', {
        ...text('manifest'),
        describe: 'Also write the manifest (kernels, modules, classes) here',
      })
      .option('explain', { ...text('explain'), describe: 'Say why this module is blocked, or why it is not' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON for machines' })
      .conflicts('explain', ['output', 'manifest'])
      .example('$0 blocklist --root chroot > list.conf', 'For every kernel in chroot')
      .example('$0 blocklist --root chroot --explain r8169', 'Its class, aliases and chain of imports')
      .epilogue(EPILOGUE),
  handler: async (args) => {
    const kernels = await readRoot(args.root);
    if (args.explain !== undefined) printExplanation(kernels, args.explain, args.json);
    else await writeResult({ kernels: kernels.map(withoutFacts) }, args);
  },
};

async function readRoot(root: string): Promise<KernelAnalysis[]> {
  const status = new StatusLine(process.stderr);
  try {
    return await analyseRoot(root, {
      onProgress: (done, total, kernel) =>
        status.show(`reading the modules of ${kernel}: ${done} of ${total}`),
    });
  } finally {
    status.clear();
  }
}

function withoutFacts({ release, modules, problems, total }: KernelAnalysis) {
  return { release, modules, problems, total };
}

async function writeResult(
  enumeration: Enumeration,
  { output, manifest, json }: BlocklistArguments,
): Promise<void> {
  const files: OutputFile[] = [];
  if (output !== undefined) files.push({ path: output, text: formatBlocklist(enumeration) });
  if (manifest !== undefined) files.push({ path: manifest, text: formatManifest(enumeration) });
  await writeFiles(files);
  if (json) process.stdout.write(`${JSON.stringify(enumeration, null, 1)}\n`);
  else if (output === undefined) process.stdout.write(formatBlocklist(enumeration));
  process.stderr.write(colourSummary(formatSummary(enumeration)));
}

function printExplanation(kernels: KernelAnalysis[], module: string, json: boolean): void {
  const found = explain(kernels, module);
  if (found.length === 0) {
    const releases = kernels.map(({ release }) => release).join(', ');
    throw new CliError(
      EXIT.input,
      `no module ${module} in ${releases}`,
      'give its name as modprobe knows it',
    );
  }
  process.stdout.write(
    json ? `${JSON.stringify(found, null, 1)}\n` : found.map(formatExplanation).join('\n'),
  );
}

/** kleur looks at standard output, and the summary goes to standard error. */
function colourSummary(summary: string): string {
  useColours(process.stderr);
  return summary
    .replace(/^\S.*$/gm, (line) => kleur.bold(line))
    .replace(/not blocked$/gm, (words) => kleur.yellow(words))
    .replace(/^ {2}warning: .*$/gm, (line) => kleur.red(line));
}
