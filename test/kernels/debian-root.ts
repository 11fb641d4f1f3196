import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { debianKeyring, hostMirror } from '../../build/image/mirror.mjs';
import { DPKG_OPTIONS } from '../../build/image/recipe.mjs';
import { remove } from '../../build/image/workspace.mjs';
import { capture } from '../../build/kernels/program.mjs';
import { isolatedScript } from '../../src/install/isolated.ts';

const ENVIRONMENT = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
};

/** A Debian with apt and one kernel for `use`, gone afterwards. */
export async function withDebian(suite: string, use: (root: string) => Promise<void>): Promise<void> {
  mkdirSync('.cache', { recursive: true });
  const root = mkdtempSync(resolve('.cache/debian-'));
  try {
    await bootstrap(suite, root);
    await use(root);
  } finally {
    await remove(root);
  }
}

/** Runs a command in a root and returns what it printed; a program that fails is an error with its words. */
export function inRoot(root: string, ...command: string[]): Promise<string> {
  const options = { env: ENVIRONMENT, extendEnv: false, all: true };
  const [program, args] = isolatedScript('exec chroot "$root" "$@"', root, command);
  return capture(program, args, options);
}

/** Puts this working copy's macveil into a root as its own command, with this Node. */
export function addMacveil(root: string): void {
  const home = join(root, 'opt/macveil');
  mkdirSync(join(home, 'dist'), { recursive: true });
  for (const name of ['dist/macveil.mjs', 'dist/config.mjs', 'dist/macveil-hook', 'package.json'])
    copyFileSync(name, join(home, name));
  cpSync('hooks', join(home, 'hooks'), { recursive: true, verbatimSymlinks: true });
  copyFileSync(process.execPath, join(root, 'opt/macveil/node'));
  const command = join(root, 'usr/bin/macveil');
  writeFileSync(command, '#!/bin/sh\nexec /opt/macveil/node /opt/macveil/dist/macveil.mjs "$@"\n');
  chmodSync(command, 0o755);
}

async function bootstrap(suite: string, root: string): Promise<void> {
  const source = `deb [signed-by=${debianKeyring()}] ${await hostMirror()} ${suite} main`;
  const packages = 'linux-image-cloud-amd64,initramfs-tools,udev,kmod,xz-utils,zstd';
  const options = ['--mode=root', '--variant=apt', '--format=directory', `--include=${packages}`];
  const dpkg = DPKG_OPTIONS.map((option: string) => `--dpkgopt=${option}`);
  const env = { LC_ALL: 'C.UTF-8', INITRD: 'No' };
  await capture('mmdebstrap', [...options, ...dpkg, suite, root, source], { env });
}
