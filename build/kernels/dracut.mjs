import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openArchive } from './apt.mjs';
import { capture } from './program.mjs';

/** Debian 12's: it needs no newer C library than the oldest build host has, and chooses modules as Debian 13's does. */
const SUITE = 'bookworm';
const PACKAGE = 'dracut-core';

/** Where dracut's program for choosing modules is in its package. */
export const DRACUT_INSTALL = 'usr/lib/dracut/dracut-install';

/** Fetches that program into a folder; nothing is installed. */
export async function fetchDracut(root, step, cache) {
  const architecture = (await capture('dpkg', ['--print-architecture'])).trim();
  const home = join(cache, 'apt', `${SUITE}-${architecture}`);
  await step(`dracut: ${PACKAGE} of ${SUITE}`, async () => {
    const archive = await openArchive(home, { suite: SUITE, architecture });
    const deb = await archive.download(PACKAGE, join(root, 'download'));
    const all = join(root, 'all');
    await capture('dpkg-deb', ['-x', deb, all]);
    mkdirSync(dirname(join(root, DRACUT_INSTALL)), { recursive: true });
    renameSync(join(all, DRACUT_INSTALL), join(root, DRACUT_INSTALL));
    for (const path of [all, dirname(deb)]) rmSync(path, { recursive: true });
  });
}
