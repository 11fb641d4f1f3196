import { join } from 'node:path';
import process from 'node:process';
import kleur from 'kleur';
import type { CommandModule } from 'yargs';
import { requireUpdater } from '../install/initramfs.ts';
import { type InstallPlan, performInstall, prepareInstall } from '../install/install.ts';
import { EXIT } from './errors.ts';
import { makeLists } from './lists.ts';
import { helpHead, rootOption, textOption } from './options.ts';
import { packageDir } from './package-dir.ts';
import { rebuildOrTell, updateOption } from './rebuild.ts';
import { allOrNothing, countFiles, formatSteps } from './steps.ts';

interface InstallArguments {
  root: string;
  hook: string | undefined;
  'update-initramfs': boolean;
  'dry-run': boolean;
}

const HELP = {
  command: 'install',
  describe: 'Put blocklist, hook and integrations into the root of an image',
};

const EPILOGUE = [
  'Run it again after every kernel upgrade in DIR; a run that finds nothing to change changes nothing. It never overwrites ' +
    "a file that is not macveil's, and a failure leaves DIR as it was. What it placed is recorded in " +
    'DIR/usr/lib/macveil/installed.json; macveil uninstall takes exactly that away again.',
  'Exit codes: 0 installed, or nothing to do; 1 installed, but modules were unreadable; 2 wrong arguments; 3 DIR, its kernels or the hook are missing or unfit; ' +
    '4 update-initramfs is missing or failed; 5 reading or writing failed (full disk, no permission).',
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
  const hookFile = args.hook ?? join(home, 'dist/macveil-hook');
  const dryRun = args['dry-run'];
  const rebuild = args['update-initramfs'];
  const plan = await prepareInstall({
    root: args.root,
    hookFile,
    hooksDir: join(home, 'hooks'),
    makeLists,
  });
  if (rebuild) requireUpdater(plan.root);
  if (!dryRun) allOrNothing(plan.root, () => performInstall(plan));
  console.log(summary(plan, dryRun));
  warn(plan.warnings);
  if (dryRun || (plan.steps.length === 0 && !rebuild)) return;
  await rebuildOrTell(plan.root, rebuild, 'The initramfs in it still lacks these files.');
}

function warn(warnings: string[]): void {
  if (warnings.length === 0) return;
  for (const warning of warnings) console.error(`macveil: unreadable module ${warning}`);
  console.error('  hint: install the kernel package again, then run this command again');
  process.exitCode = EXIT.findings;
}

function summary({ root, integrations, steps }: InstallPlan, dryRun: boolean): string {
  if (steps.length === 0) return `${root}: macveil is installed and up to date, nothing to change`;
  const heading = `${kleur.bold(root)}, integrations: ${integrations.join(', ')}`;
  const closing = `${countFiles(steps)} ${dryRun ? 'would change; nothing was changed' : 'installed'}`;
  return [heading, formatSteps(root, steps), closing].join('\n');
}
