import { readFileSync, realpathSync, statSync } from 'node:fs';
import process from 'node:process';
import kleur from 'kleur';
import type { CommandModule } from 'yargs';
import type { PolicyChoices } from '../core/manifest.ts';
import { performUninstall } from '../install/uninstall.ts';
import { performTree, prepareTree, prepareTreeRemoval } from '../live-build/tree.ts';
import { CliError, EXIT } from './errors.ts';
import { helpHead, singleValue, textOption } from './options.ts';
import { type PolicyArguments, policyOptions, readChoices } from './policy-options.ts';
import { programFile } from './program-file.ts';
import { allOrNothing, countFiles, formatSteps } from './steps.ts';

interface LiveBuildArguments extends PolicyArguments {
  tree: string;
  remove: boolean;
  ask: boolean;
  program: string | undefined;
}

const HELP = {
  command: 'live-build',
  describe: 'Add macveil to a live-build configuration tree, or take it out',
};

const EPILOGUE = [
  'Afterwards "lb build" makes an image with macveil in it, and boot menus that offer its choices. The build stops if ' +
    'the check of the root finds anything. The produced image needs no Node, and the tree can be built on another machine.',
  'The policy options are kept in DIR/config/macveil/install-options. A second run changes what has changed; --remove takes ' +
    'exactly the files away that were added.',
  'Exit codes: 0 added or removed, or nothing to do; 1 removed, but edited files stayed; 2 wrong arguments or configuration; 3 DIR is no ' +
    'configuration tree, holds files in the way, or the executable is missing; 5 reading or writing failed.',
].join('\n\n');

/** `macveil live-build`: macveil into a configuration tree of live-build, and out of it. */
export const liveBuildCommand: CommandModule<object, LiveBuildArguments> = {
  ...HELP,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, '[--tree DIR] [OPTIONS]'))
      .option('tree', {
        type: 'string',
        default: '.',
        requiresArg: true,
        describe: 'DIR: the folder in which "lb config" was run',
        coerce: singleValue('tree'),
      })
      .option('remove', { type: 'boolean', default: false, describe: 'Take macveil out again' })
      .option('ask', {
        type: 'boolean',
        default: false,
        describe: 'Offer "ask me at start" in the boot menus too',
      })
      .option(
        'program',
        textOption(
          'program',
          'The executable that builds the image; without it, the one of npm run executable',
        ),
      )
      .options(policyOptions)
      .example('lb config && $0 live-build && lb build', 'An ISO with macveil in it')
      .example('$0 live-build --remove', 'Take it out of this tree')
      .epilogue(EPILOGUE),
  handler: liveBuild,
};

async function liveBuild(args: LiveBuildArguments): Promise<void> {
  const tree = openTree(args.tree);
  if (args.remove) return remove(tree);
  const choices = await readChoices(args);
  const plan = prepareTree(tree, {
    program: readFileSync(programFile(args.program)),
    installOptions: choiceOptions(choices),
    menuOptions: args.ask ? ['--ask'] : [],
  });
  allOrNothing(tree, () => performTree(plan));
  if (plan.steps.length === 0) {
    console.log(`${tree}: macveil is in it already, nothing to change`);
    return;
  }
  console.log(formatSteps(tree, plan.steps));
  console.log(`${countFiles(plan.steps)} added; now run: ${kleur.bold('lb build')}`);
}

function remove(tree: string): void {
  const plan = prepareTreeRemoval(tree);
  if (plan === null) {
    console.log(`${tree}: macveil is not in it, nothing to remove`);
    return;
  }
  allOrNothing(tree, () => performUninstall(plan));
  console.log(formatSteps(tree, plan.steps));
  console.log(`${countFiles(plan.steps)} removed; run "lb clean" before the next build`);
  if (plan.edited.length === 0) return;
  console.error(`edited since they were added, and therefore kept: ${plan.edited.join(', ')}`);
  process.exitCode = EXIT.findings;
}

function openTree(directory: string): string {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(directory);
  throw new CliError(EXIT.input, `${directory} is not a folder`, 'make it, and run "lb config" in it first');
}

/** The choices as `macveil install` takes them; each option is one word, as the hook reads one a line. */
function choiceOptions({ strict, allow, block, classes, acceptBuiltin }: PolicyChoices): string[] {
  return [
    ...(strict ? ['--strict'] : []),
    ...allow.map((name) => `--allow=${name}`),
    ...block.map((name) => `--block=${name}`),
    ...Object.entries(classes).map(([name, choice]) => `--class=${name}=${choice}`),
    ...acceptBuiltin.map((name) => `--accept-builtin=${name}`),
  ];
}
