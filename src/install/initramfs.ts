import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';
import { isolatedScript } from './isolated.ts';
import { locate } from './root.ts';

const SCRIPT = `for job; do chroot "$root" update-initramfs "\${job%:*}" -k "\${job#*:}"; done`;

/** The root decides what runs in it: the host's PATH and temporary folder need not exist there. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TMPDIR: undefined, LC_ALL: 'C.UTF-8' };

/** The state a failed rebuild leaves, whether files were installed before it or removed. */
const ONLY_INITRAMFS = 'the files in the root are changed already, only its initramfs is still the old one';

/** The command that rebuilds the initramfs by hand, for people. */
export function updateCommand(root: string): string {
  return root === '/' ? 'update-initramfs -u -k all' : `chroot ${root} update-initramfs -u -k all`;
}

/** Rebuilds every initramfs of the root, and believes it only when each file was written anew. */
export async function updateInitramfs(root: string, onLine: (line: string) => void): Promise<void> {
  requireUpdater(root);
  const before = initrdStamps(root);
  await runUpdater(root, onLine);
  const after = initrdStamps(root);
  const stale = kernelReleases(root).filter(
    (release) => !after.has(release) || after.get(release) === before.get(release),
  );
  if (after.size > 0 && stale.length === 0) return;
  const what = stale.length > 0 ? `no new initramfs for ${stale.join(', ')}` : 'no initramfs in /boot';
  const hint = `${ONLY_INITRAMFS}; see its own messages, then run: ${updateCommand(root)}`;
  throw new CliError(EXIT.tool, `update-initramfs in ${root} ended without error and made ${what}`, hint);
}

async function runUpdater(root: string, onLine: (line: string) => void): Promise<void> {
  const [program, args] = isolatedScript(SCRIPT, root, jobs(root));
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
  throw new CliError(
    EXIT.tool,
    `update-initramfs failed in ${root} (${signal ?? `exit code ${exitCode}`})`,
    hint,
  );
}

/** `-u` leaves a kernel without an initramfs alone; that one is made anew with `-c` (update-initramfs(8)). */
function jobs(root: string): string[] {
  const present = initrdStamps(root);
  const missing = kernelReleases(root).filter((release) => !present.has(release));
  return [...(present.size > 0 ? ['-u:all'] : []), ...missing.map((release) => `-c:${release}`)];
}

/** Throws when an initramfs cannot be rebuilt in this root, by this user; asked before anything is changed. */
export function requireUpdater(root: string): void {
  if (process.getuid?.() !== 0) {
    throw new CliError(
      EXIT.io,
      'only root may rebuild an initramfs (chroot, mount)',
      'run the command with sudo',
    );
  }
  if (lstatSync(locate(root, '/usr/sbin/update-initramfs'), { throwIfNoEntry: false })) return;
  throw new CliError(
    EXIT.tool,
    `${root} has no update-initramfs`,
    'install initramfs-tools in it, or rebuild its initramfs your own way',
  );
}

// Size, inode and time: update-initramfs writes beside and renames, so that a new file differs in the inode at least.
function initrdStamps(root: string): Map<string, string> {
  return new Map(
    bootFiles(root, 'initrd.img-').map(([release, host]) => {
      const { ino, size, mtimeMs } = lstatSync(host);
      return [release, `${ino} ${size} ${mtimeMs}`];
    }),
  );
}

function kernelReleases(root: string): string[] {
  return bootFiles(root, 'vmlinuz-').map(([release]) => release);
}

function bootFiles(root: string, prefix: string): [string, string][] {
  const boot = dirname(locate(root, '/boot/initrd.img'));
  if (!lstatSync(boot, { throwIfNoEntry: false })) return [];
  const names = readdirSync(boot).filter(
    (name) => name.startsWith(prefix) && !/\.(?:new|old|bak|dpkg-.*)$/.test(name),
  );
  return names.map((name) => [name.slice(prefix.length), join(boot, name)]);
}
