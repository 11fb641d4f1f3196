import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { type InstallSources, performInstall, prepareInstall } from '../../src/install/install.ts';
import { textEntry } from '../../src/install/plan.ts';
import { formatRecord } from '../../src/install/record.ts';
import { performUninstall, prepareUninstall } from '../../src/install/uninstall.ts';

const made: string[] = [];
process.on('exit', () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A folder of its own for a test; removed when its file ends. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-test-'));
  made.push(directory);
  return directory;
}

/** Writes files (a path and its text) below a folder. */
export function writeFiles(directory: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** A small root as Debian lays it out: merged /usr, initramfs-tools, udev; one of its links is absolute. */
export function makeRoot(directory: string): string {
  writeFiles(directory, {
    'usr/share/initramfs-tools/hook-functions': 'of the distribution\n',
    'usr/sbin/mkinitramfs': 'of the distribution\n',
    'usr/lib/udev/rules.d/50-default.rules': 'of the distribution\n',
    'usr/sbin/init': 'of the distribution\n',
    'etc/hostname': 'image\n',
  });
  symlinkSync('usr/lib', join(directory, 'lib'));
  symlinkSync('/usr/sbin', join(directory, 'sbin'));
  return directory;
}

/** Integrations that stand for the real ones: a script, a rule below /lib, and one for a system the root lacks. */
export function makeHooks(directory: string): string {
  writeFiles(directory, {
    'initramfs-tools/README': 'a note, not a file of the image\n',
    'initramfs-tools/usr/share/initramfs-tools/hooks/macveil': '#!/bin/sh\nexit 0\n',
    'udev/lib/udev/rules.d/70-macveil.rules': 'ACTION=="add"\n',
    'systemd/usr/lib/systemd/system/macveil.service': '[Service]\n',
  });
  return directory;
}

/** A hook that passes for a program. */
export function makeHook(file: string, size = 64): string {
  writeFileSync(file, Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(size, 1)]));
  return file;
}

/** Everything an installation needs, in one scratch folder; the lists stand for those of a real kernel. */
export function makeSources(directory = scratch()): InstallSources {
  return {
    root: makeRoot(join(directory, 'root')),
    hookFile: makeHook(join(directory, 'hook')),
    hooksDir: makeHooks(join(directory, 'hooks')),
    makeLists: async () => ({
      entries: [textEntry('/usr/lib/modprobe.d/macveil-blocklist.conf', 'blacklist e1000\n')],
      warnings: [],
      notes: [],
    }),
  };
}

/** Prepares and performs an installation, as the command does. */
export async function install(sources: InstallSources): Promise<void> {
  performInstall(await prepareInstall(sources));
}

/** Every path of a tree with type, mode, content and, for what is not a folder, its time of change. */
export function listing(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => `${name} ${describe(join(directory, name))}`);
}

function describe(path: string): string {
  const stat = lstatSync(path);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isDirectory()) return `folder ${mode}`;
  if (stat.isSymbolicLink()) return `link ${readlinkSync(path)} ${stat.mtimeMs}`;
  return `file ${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')} ${stat.mtimeMs}`;
}

/** The record of a distribution's package that has placed these paths, whatever is there now. */
export function packagedText(...paths: string[]): string {
  const files = paths.map((path) => ({ path, mode: 0o644, sha256: '' }));
  return formatRecord({ version: 1, files, directories: [] });
}

/** Takes everything away again; the files that were kept because somebody edited them come back. */
export function uninstall(root: string): string[] {
  const plan = prepareUninstall(root);
  if (!plan) throw new Error('macveil is not installed');
  performUninstall(plan);
  return plan.edited;
}
