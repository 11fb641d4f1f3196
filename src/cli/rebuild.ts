import process from 'node:process';
import kleur from 'kleur';
import { updateCommand, updateInitramfs } from '../install/initramfs.ts';
import { StatusLine } from './status-line.ts';

/** Options of `--update-initramfs`, the same for install and uninstall. */
export const updateOption = {
  type: 'boolean',
  default: false,
  describe: 'Rebuild the initramfs of every kernel in DIR afterwards (about a minute; needs root)',
} as const;

/** Rebuilds the initramfs and shows how it goes, or says which command does it; `why` tells what the old one still does. */
export async function rebuildOrTell(root: string, rebuild: boolean, why: string): Promise<void> {
  if (!rebuild) {
    const command = updateCommand(root);
    console.log(
      command === null
        ? `${why} Rebuild it your own way.`
        : `${why} Rebuild it, in a root that has /proc and /dev:\n  ${kleur.bold(command)}`,
    );
    return;
  }
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const status = new StatusLine(process.stderr);
  const ticker = setInterval(() => status.show(`rebuilding the initramfs: ${seconds()} s`), 1000);
  try {
    await updateInitramfs(root, (line) => {
      status.clear();
      process.stderr.write(`  ${line}\n`);
    });
  } finally {
    clearInterval(ticker);
    status.clear();
  }
  console.log(`initramfs rebuilt in ${seconds()} s`);
}
