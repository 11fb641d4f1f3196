import process from 'node:process';
import kleur from 'kleur';
import type { CommandModule } from 'yargs';
import { formatBlocklist } from '../modules/blocklist.ts';
import { type Analysis, analyseRoot, type Enumeration, withoutFacts } from '../modules/enumerate.ts';
import { explain, formatExplanation } from '../modules/explain.ts';
import { formatManifest } from '../modules/manifest.ts';
import { formatSummary } from '../modules/summary.ts';
import { CliError, EXIT } from './errors.ts';
import { helpHead, rootOption, textOption } from './options.ts';
import { withModuleProgress } from './read-modules.ts';
import { useColours } from './style.ts';
import { type OutputFile, writeFiles } from './write-files.ts';

interface BlocklistArguments {
  root: string;
  output?: string | undefined;
  manifest?: string | undefined;
  explain?: string | undefined;
  json: boolean;
}

const HELP = {
  command: 'blocklist',
  describe: 'List every kernel module that can make a network interface, and block those that must not load',
};

const EPILOGUE = [
  'The list goes to standard output, a summary by class to standard error. A module that cannot be read is named and blocked. How a module is judged: docs/enumeration.md.',
  'Exit codes: 0 listed; 1 listed, but modules were unreadable; 2 wrong arguments; 3 DIR is missing or holds no kernel; 4 xz or zstd is missing or failed; 5 reading or writing failed (full disk, no permission).',
].join('\n\n');

/** `macveil blocklist`: lists every module that can make a network interface, and writes what keeps them off. */
export const blocklistCommand: CommandModule<object, BlocklistArguments> = {
  ...HELP,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, '--root DIR [OPTIONS]'))
      .option('root', rootOption)
      .option('output', textOption('output', 'Write the modprobe.d file here, not to standard output'))
      .option('manifest', textOption('manifest', 'Also write the manifest (kernels, modules, classes) here'))
      .option('explain', textOption('explain', 'Say why this module is blocked, or why it is not'))
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON for machines' })
      .conflicts('explain', ['output', 'manifest'])
      .example('$0 blocklist --root chroot > list.conf', 'For every kernel in chroot')
      .example('$0 blocklist --root chroot --explain r8169', 'Its class, aliases and chain of imports')
      .epilogue(EPILOGUE),
  handler: async (args) => {
    const analysis = await withModuleProgress((options) => analyseRoot(args.root, options));
    if (args.explain !== undefined) printExplanation(analysis, args.explain, args.json);
    else writeResult(withoutFacts(analysis), args);
  },
};

function writeResult(enumeration: Enumeration, { output, manifest, json }: BlocklistArguments): void {
  const files: OutputFile[] = [];
  const add = (path: string, content: string) => files.push({ path, content, mode: null });
  if (output !== undefined) add(output, formatBlocklist(enumeration));
  if (manifest !== undefined) add(manifest, formatManifest(enumeration));
  writeFiles(files);
  if (json) process.stdout.write(`${JSON.stringify(enumeration, null, 1)}\n`);
  else if (output === undefined) process.stdout.write(formatBlocklist(enumeration));
  process.stderr.write(colourSummary(formatSummary(enumeration)));
  if (enumeration.kernels.some(({ problems }) => problems.length > 0)) process.exitCode = EXIT.findings;
}

function printExplanation(analysis: Analysis, module: string, json: boolean): void {
  const found = explain(analysis, module);
  if (found.length === 0) {
    const releases = analysis.kernels.map(({ release }) => release).join(', ');
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
