import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { BuildError } from './build-error.mjs';

/** Debian's keyring; Debian 13 also has it under the second name. */
const KEYRINGS = ['gpg', 'pgp'].map((kind) => `/usr/share/keyrings/debian-archive-keyring.${kind}`);
/** What apt knows of each index of each source, whether it is written as deb822 or in one line. */
const FORMAT = '$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)';

/** The archive that this host takes its own Debian packages from. */
export async function hostMirror() {
  const { stdout } = await execa('apt-get', ['indextargets', '--format', FORMAT, 'Created-By: Packages']);
  const mirror = findMirror(stdout);
  if (mirror) return mirror;
  throw new BuildError(
    "this host's apt sources name no Debian archive (main)",
    'add one below /etc/apt, then run apt-get update',
  );
}

/**
 * The first archive of a Debian suite in the output of `apt-get indextargets`. Suites with a suffix (security,
 * updates, backports) hold only a part; before the first update apt does not know an origin, and the path has to do.
 */
export function findMirror(targets) {
  const rows = targets.split('\n').map((line) => line.split('|'));
  const archives = rows.filter(([, suite, component]) => component === 'main' && !/[-/]/.test(suite));
  const byOrigin = archives.find(([, , , origin]) => origin === 'Debian');
  return (byOrigin ?? archives.find(([uri]) => /\/debian\/?$/.test(uri)))?.[0];
}

/** The keyring that Debian's archives are checked with. */
export function debianKeyring() {
  const keyring = KEYRINGS.find((path) => existsSync(path));
  if (keyring) return keyring;
  throw new BuildError("Debian's archive keyring is missing", 'install the package debian-archive-keyring');
}
