import { join } from 'node:path';
import process from 'node:process';
import kleur from 'kleur';
import type { CommandModule } from 'yargs';
import { requireUpdater } from '../install/initramfs.ts';
import { type InstallPlan, type InstallSources, performInstall, prepareInstall } from '../install/install.ts';
import { isInitrdTree } from '../install/integrations.ts';
import { refuseOwnHook } from '../install/packaged.ts';
import { rebuilderOf } from '../install/rebuilders.ts';
import { describeChoices } from '../modules/summary.ts';
import { EXIT } from './errors.ts';
import { givenList, refusePolicy } from './given-list.ts';
import { addAccepted, keptChoices } from './kept-choices.ts';
import { makeLists } from './lists.ts';
import { helpHead, rootOption, textOption } from './options.ts';
import { packageDir } from './package-dir.ts';
import { type PolicyArguments, policyOptions, readChoices } from './policy-options.ts';
import { noCacheOption, userCache } from './read-modules.ts';
import { rebuildOrTell, updateOption } from './rebuild.ts';
import { allOrNothing, countFiles, formatSteps } from './steps.ts';

interface InstallArguments extends PolicyArguments {
  root: string;
  hook: string | undefined;
  list: string | undefined;
  'update-initramfs': boolean;
  'keep-policy': boolean;
  'dry-run': boolean;
  'no-cache': boolean;
}

const HELP = {
  command: 'install',
  describe: 'Put blocklist, hook and integrations into the root of an image',
};

const EPILOGUE = [
  'Run it again after every kernel upgrade in DIR; a run that finds nothing to change changes nothing. It never overwrites ' +
    "a file that is not macveil's, and a failure leaves DIR as it was. What it placed is recorded in " +
    'DIR/usr/lib/macveil/installed.json; macveil uninstall takes exactly that away again.',
  'Which modules are blocked is decided anew each time, by these options and the configuration: see docs/configuration.md. --keep-policy repeats what the last run was told; --accept-builtin may add to that.',
  'A DIR with /etc/initrd-release is an initrd in itself, as mkosi makes them: only what has its place there is installed, and the unit that starts the hook is enabled. Its kernel modules come later, so it takes the blocklist of the root that it starts (--list): see docs/mkosi.md.',
  'Exit codes: 0 installed, or nothing to do; 1 installed, but modules were unreadable, or built-in drivers are not all known; 2 wrong arguments or configuration; 3 DIR, its kernels, the hook or what the policy names are missing or unfit, or a built-in driver is not accepted; ' +
    '4 what makes the initramfs is missing or failed; 5 reading or writing failed (full disk, no permission).',
].join('\n\n');

/** `macveil install`: blocklist, hook and integrations into the root of an image. */
export const installCommand: CommandModule<object, InstallArguments> = {
  ...HELP,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, '--root DIR [OPTIONS]'))
      .option('root', rootOption)
      .option(
        'hook',
        textOption(
          'hook',
          'The boot-side program to install; without it, the one that macveil compile built',
        ),
      )
      .option(
        'list',
        textOption(
          'list',
          'For an initrd that is a root of its own: the blocklist of the root that it starts',
        ),
      )
      .options(policyOptions)
      .option('keep-policy', {
        type: 'boolean',
        default: false,
        describe: 'Take the policy of the last run from DIR, and no configuration',
      })
      .option('no-cache', noCacheOption)
      .option('update-initramfs', updateOption)
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Show what would change, and change nothing',
      })
      .example(
        '$0 install --root chroot',
        'Install into the folder chroot, then say how to rebuild its initramfs',
      )
      .example('$0 install --root chroot --update-initramfs', 'The same, and rebuild the initramfs')
      .example('$0 install --root / --dry-run', 'What would change on this very system?')
      .epilogue(EPILOGUE),
  handler: install,
};

async function install(args: InstallArguments): Promise<void> {
  const home = packageDir();
  if (args.hook !== undefined) refuseOwnHook(args.root);
  const hookFile = args.hook ?? join(home, 'dist/macveil-hook');
  const dryRun = args['dry-run'];
  const rebuild = args['update-initramfs'];
  const { makeLists, policy } = await listSource(args);
  const plan = await prepareInstall({ root: args.root, hookFile, hooksDir: join(home, 'hooks'), makeLists });
  if (rebuild) requireUpdater(plan.root);
  if (!dryRun) allOrNothing(plan.root, () => performInstall(plan));
  console.log(summary(plan, policy, dryRun));
  warn(plan);
  if (dryRun || isInitrdTree(plan.root) || (plan.steps.length === 0 && !rebuild)) return;
  await rebuildOrTell(plan.root, rebuild, 'The initramfs in it still lacks these files.');
}

/** Where the lists come from, and the policy behind them in words. */
async function listSource(
  args: InstallArguments,
): Promise<Pick<InstallSources, 'makeLists'> & { policy: string }> {
  const file = args.list;
  if (file !== undefined) {
    refusePolicy(args);
    return { makeLists: async (root) => givenList(root, file), policy: `that of ${file}` };
  }
  const kept = args['keep-policy'] ? keptChoices(args) : null;
  const choices = kept === null ? await readChoices(args) : addAccepted(kept, args);
  const lists = { choices, kept, cache: userCache(args['no-cache']) };
  return {
    makeLists: (root) => makeLists(root, lists),
    policy: describeChoices(choices) || 'the default',
  };
}

function warn({ warnings, notes }: InstallPlan): void {
  for (const note of notes) console.error(`warning: ${note}`);
  if (warnings.length === 0) return;
  for (const warning of warnings) console.error(`macveil: ${warning}`);
  console.error('  hint: install the kernel package again, then run this command again');
  process.exitCode = EXIT.findings;
}

function summary({ root, integrations, steps }: InstallPlan, policy: string, dryRun: boolean): string {
  if (steps.length === 0) return `${root}: macveil is installed and up to date, nothing to change`;
  const made = rebuilderOf(root)?.name ?? 'made in a way of its own';
  const heading = `${kleur.bold(root)}, integrations: ${integrations.join(', ')}, initramfs: ${made}, policy: ${policy}`;
  const closing = `${countFiles(steps)} ${dryRun ? 'would change; nothing was changed' : 'installed'}`;
  return [heading, formatSteps(root, steps), closing].join('\n');
}
