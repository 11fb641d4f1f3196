import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';
import { isolatedScript } from './isolated.ts';
import { REBUILDERS, type Rebuilder, rebuilderOf } from './rebuilders.ts';
import { locate } from './root.ts';

// Each job is a command with its words.
const SCRIPT = 'for job; do chroot "$root" $job; done';

/** The root decides what runs in it: the host's PATH and temporary folder need not exist there. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TMPDIR: undefined, LC_ALL: 'C.UTF-8' };

/** The state a failed rebuild leaves, whether files were installed before it or removed. */
const ONLY_INITRAMFS = 'the files in the root are changed already, only its initramfs is still the old one';

/** The command that rebuilds the initramfs by hand, for people; null for a root without a program for it. */
export function updateCommand(root: string): string | null {
  const byHand = rebuilderOf(root)?.byHand;
  if (byHand === undefined) return null;
  return root === '/' ? byHand : `chroot ${root} ${byHand}`;
}

/** Rebuilds every initramfs of the root, and believes it only when each file was written anew. */
export async function updateInitramfs(root: string, onLine: (line: string) => void): Promise<void> {
  const rebuilder = requireUpdater(root);
  const before = stamps(root, rebuilder);
  await runRebuilder(root, rebuilder, onLine);
  const after = stamps(root, rebuilder);
  const stale = kernelsOf(root).filter(
    (kernel) => !after.has(kernel) || after.get(kernel) === before.get(kernel),
  );
  if (after.size > 0 && stale.length === 0) return;
  const what = stale.length > 0 ? `no new initramfs for ${stale.join(', ')}` : 'no initramfs in /boot';
  const hint = `${ONLY_INITRAMFS}; see its own messages, then run: ${updateCommand(root)}`;
  throw new CliError(EXIT.tool, `${rebuilder.name} in ${root} ended without error and made ${what}`, hint);
}

async function runRebuilder(
  root: string,
  rebuilder: Rebuilder,
  onLine: (line: string) => void,
): Promise<void> {
  const { name, commands } = rebuilder;
  const jobs = commands(kernelsOf(root), [...stamps(root, rebuilder).keys()]);
  const [program, args] = isolatedScript(SCRIPT, root, jobs);
  const child = execa(program, args, {
    all: true,
    env: ENVIRONMENT,
    reject: false,
  });
  for await (const line of child.iterable({ from: 'all' })) onLine(String(line));
  const { exitCode, failed, signal, cause } = await child;
  if (!failed) return;
  if (cause) throw cause;
  const hint = `its own messages are above; ${ONLY_INITRAMFS}: when that is repaired, run: ${updateCommand(root)}`;
  throw new CliError(EXIT.tool, `${name} failed in ${root} (${signal ?? `exit code ${exitCode}`})`, hint);
}

/** What rebuilds the initramfs of this root; throws when nothing can, or this user may not; asked before anything is changed. */
export function requireUpdater(root: string): Rebuilder {
  if (process.getuid?.() !== 0) {
    throw new CliError(
      EXIT.io,
      'only root may rebuild an initramfs (chroot, mount)',
      'run the command with sudo',
    );
  }
  const rebuilder = rebuilderOf(root);
  if (rebuilder) return rebuilder;
  const names = REBUILDERS.map(({ name }) => name).join(', ');
  const hint = 'install one of them in it, or rebuild its initramfs your own way';
  throw new CliError(EXIT.tool, `${root} has no program that makes an initramfs (${names})`, hint);
}

// Size, inode and time: each program writes beside and renames, so that a new file differs in the inode at least.
function stamps(root: string, { image: [before, after] }: Rebuilder): Map<string, string> {
  return new Map(
    bootFiles(root, before, after).map(([kernel, host]) => {
      const { ino, size, mtimeMs } = lstatSync(host);
      return [kernel, `${ino} ${size} ${mtimeMs}`];
    }),
  );
}

function kernelsOf(root: string): string[] {
  return bootFiles(root, 'vmlinuz-', '').map(([kernel]) => kernel);
}

/** Files of /boot with such names: what of the name is a kernel's, and where the file is. */
function bootFiles(root: string, before: string, after: string): [kernel: string, host: string][] {
  const boot = dirname(locate(root, '/boot/initrd.img'));
  if (!lstatSync(boot, { throwIfNoEntry: false })) return [];
  const names = readdirSync(boot).filter(
    (name) => name.startsWith(before) && name.endsWith(after) && !/\.(?:new|old|bak|dpkg-.*)$/.test(name),
  );
  return names.map((name) => [name.slice(before.length, name.length - after.length), join(boot, name)]);
}
