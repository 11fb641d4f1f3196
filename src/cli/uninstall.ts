import process from 'node:process';
import type { CommandModule } from 'yargs';
import { requireUpdater } from '../install/initramfs.ts';
import { packagedRecord } from '../install/packaged.ts';
import { performUninstall, prepareUninstall } from '../install/uninstall.ts';
import { EXIT } from './errors.ts';
import { helpHead, rootOption } from './options.ts';
import { rebuildOrTell, updateOption } from './rebuild.ts';
import { allOrNothing, countFiles, formatSteps } from './steps.ts';

interface UninstallArguments {
  root: string;
  'update-initramfs': boolean;
}

const HELP = { command: 'uninstall', describe: 'Take away again what install put into a root' };

const EPILOGUE = [
  'It removes exactly the files that install placed, and the folders it made if they are empty. A file that was edited ' +
    'since then stays and is named. Without macveil the image uses its real addresses again.',
  'Exit codes: 0 removed, or not installed; 1 removed, but edited files stayed; 2 wrong arguments; 3 DIR is missing or ' +
    'unfit; 4 what makes the initramfs is missing or failed; 5 reading or writing failed (full disk, no permission).',
].join('\n\n');

/** dpkg calls what makes the list of later kernels, and it would be made anew. */
const OF_A_PACKAGE =
  'what the package macveil-hook placed stays, and makes the list anew when packages are installed: remove that package';

/** `macveil uninstall`: takes away what `install` put into a root. */
export const uninstallCommand: CommandModule<object, UninstallArguments> = {
  ...HELP,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, '--root DIR [OPTIONS]'))
      .option('root', rootOption)
      .option('update-initramfs', updateOption)
      .example('$0 uninstall --root chroot', 'Remove macveil from the folder chroot')
      .example('$0 uninstall --root chroot --update-initramfs', 'The same, and rebuild the initramfs')
      .epilogue(EPILOGUE),
  handler: uninstall,
};

async function uninstall(args: UninstallArguments): Promise<void> {
  const plan = prepareUninstall(args.root);
  if (!plan) {
    console.log(`${args.root}: macveil is not installed there, nothing to remove`);
    return;
  }
  if (args['update-initramfs']) requireUpdater(plan.root);
  allOrNothing(plan.root, () => performUninstall(plan));
  console.log(formatSteps(plan.root, plan.steps));
  console.log(`${countFiles(plan.steps)} removed from ${plan.root}`);
  reportEdited(plan.edited);
  if (packagedRecord(plan.root) !== null) console.error(OF_A_PACKAGE);
  await rebuildOrTell(
    plan.root,
    args['update-initramfs'],
    "The initramfs in it still holds macveil's hook and blocklist, and runs them at boot.",
  );
}

function reportEdited(edited: string[]): void {
  if (edited.length === 0) return;
  console.error(`edited since they were installed, and therefore kept: ${edited.join(', ')}`);
  process.exitCode = EXIT.findings;
}
