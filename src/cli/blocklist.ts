import process from 'node:process';
import kleur from 'kleur';
import type { CommandModule } from 'yargs';
import { formatBlocklist } from '../modules/blocklist.ts';
import { analyseRoot, type EnumerateOptions, type Enumeration, enumerateRoot } from '../modules/enumerate.ts';
import { explain } from '../modules/explain.ts';
import { formatExplanation } from '../modules/format-explanation.ts';
import { formatManifest } from '../modules/manifest.ts';
import { openBuiltins } from '../modules/review.ts';
import { formatSummary } from '../modules/summary.ts';
import { EXIT } from './errors.ts';
import { helpHead, rootOption, textOption } from './options.ts';
import { type PolicyArguments, policyOptions, readChoices } from './policy-options.ts';
import {
  noCacheOption,
  refuseUnknownNames,
  unknownModule,
  userCache,
  withModuleProgress,
} from './read-modules.ts';
import { useColours } from './style.ts';
import { type OutputFile, writeFiles } from './write-files.ts';

interface BlocklistArguments extends PolicyArguments {
  root: string;
  output?: string | undefined;
  manifest?: string | undefined;
  explain?: string | undefined;
  json: boolean;
  'no-cache': boolean;
}

const HELP = {
  command: 'blocklist',
  describe: 'List every kernel module that can make a network interface, and block those that must not load',
};

const EPILOGUE = [
  'The list goes to standard output, a summary by class to standard error. A module that cannot be read is named and blocked. How a module is judged: docs/enumeration.md. How an image changes that, and what --json prints: docs/configuration.md.',
  'Exit codes: 0 listed; 1 listed, but modules were unreadable, a built-in driver is not accepted, or built-in drivers are not all known; 2 wrong arguments or configuration; 3 DIR or what the policy names is missing, or the configuration cannot be read; 4 xz or zstd is missing or failed; 5 reading or writing failed (full disk, no permission).',
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
      .option('explain', textOption('explain', 'Say why this module is blocked, or why it is not', 'MODULE'))
      .options(policyOptions)
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON for machines' })
      .option('no-cache', noCacheOption)
      .conflicts('explain', ['output', 'manifest'])
      .example('$0 blocklist --root chroot > list.conf', 'For every kernel in chroot')
      .example('$0 blocklist --root chroot --explain r8169', 'Its class, aliases and chain of imports')
      .example('$0 blocklist --root chroot --strict', 'No module can make an interface, not even a bridge')
      .epilogue(EPILOGUE),
  handler: async (args) => {
    const choices = await readChoices(args);
    const options = { choices, cache: userCache(args['no-cache']) };
    if (args.explain !== undefined) await explainModule(args.root, args.explain, args.json, options);
    else await writeResult(args, options);
  },
};

async function writeResult(
  { root, output, manifest, json }: BlocklistArguments,
  options: EnumerateOptions,
): Promise<void> {
  const enumeration = await withModuleProgress((progress) =>
    enumerateRoot(root, { ...options, ...progress }),
  );
  refuseUnknownNames(enumeration);
  const files: OutputFile[] = [];
  const add = (path: string, content: string) => files.push({ path, content, mode: null });
  if (output !== undefined) add(output, formatBlocklist(enumeration));
  if (manifest !== undefined) add(manifest, formatManifest(enumeration));
  writeFiles(files);
  if (json) process.stdout.write(`${JSON.stringify(enumeration, null, 1)}\n`);
  else if (output === undefined) process.stdout.write(formatBlocklist(enumeration));
  process.stderr.write(colourSummary(formatSummary(enumeration)));
  if (hasFindings(enumeration)) process.exitCode = EXIT.findings;
}

function hasFindings(enumeration: Enumeration): boolean {
  const isUnknown = enumeration.kernels.some(
    ({ problems, builtinProblem }) => problems.length > 0 || builtinProblem !== '',
  );
  return isUnknown || openBuiltins(enumeration).length > 0;
}

async function explainModule(
  root: string,
  module: string,
  json: boolean,
  options: EnumerateOptions,
): Promise<void> {
  const analysis = await withModuleProgress((progress) => analyseRoot(root, { ...options, ...progress }));
  refuseUnknownNames(analysis);
  const found = explain(analysis, module);
  if (found.length === 0) throw unknownModule(analysis, module);
  const text = json ? `${JSON.stringify(found, null, 1)}\n` : found.map(formatExplanation).join('\n');
  process.stdout.write(text);
}

/** kleur looks at standard output, and the summary goes to standard error. */
function colourSummary(summary: string): string {
  useColours(process.stderr);
  return summary
    .replace(/^\S.*$/gm, (line) => kleur.bold(line))
    .replace(/not blocked$/gm, (words) => kleur.yellow(words))
    .replace(/^ {2}warning: .*$/gm, (line) => kleur.red(line));
}
