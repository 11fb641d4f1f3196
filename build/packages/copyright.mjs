import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of a file in the bundle, the folder of the package it is from, which may stand inside of another one. */
const MARK = /^\/\/ (.*node_modules\/(?:@[^/]+\/)?[^/]+)\//gm;
const NOTICES = 'third-party-notices.txt';

/** debian/copyright: its beginning, and whose packages are in the bundle of the command line, which names each file it took. */
export function copyright(head, bundle) {
  const kinds = [...new Set(bundledPackages(bundle).map(({ licence }) => licence))].sort();
  const names = bundledPackages(bundle).map(
    ({ name, version, licence }) => ` ${name} ${version} (${licence})`,
  );
  return `${head}
Files: payload/macveil/usr/share/macveil/dist/macveil.mjs
Copyright: 2026, the macveil developers
 the authors of the packages that are named in ${NOTICES}
License: none-yet and ${kinds.map((kind) => (kind === 'MIT' ? 'Expat' : kind)).join(' and ')}
Comment:
 Bundled from npm, with their licences in ${NOTICES}:
${names.join('\n')}
${kinds
  .filter((kind) => kind !== 'MIT')
  .map(paragraph)
  .join('')}`;
}

function paragraph(kind) {
  const where =
    kind === 'Apache-2.0'
      ? 'On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.'
      : `The text is in ${NOTICES}.`;
  return `\nLicense: ${kind}\n ${where}\n`;
}

/** The licence of each package in the bundle, as its authors wrote it. */
export function licences(bundle) {
  return bundledPackages(bundle)
    .map(({ name, version, text }) => `${name} ${version}\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(72)}\n\n`);
}

/** By name; an Error for a package without a licence, and for a bundle that names none: it has always some in it. */
function bundledPackages(bundle) {
  const folders = [...new Set(Array.from(bundle.matchAll(MARK), ([, folder]) => folder))].sort();
  if (folders.length === 0) throw new Error(`the bundle of the command line names no folder of node_modules`);
  return folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (license === undefined || file === undefined) throw new Error(`${folder} names no licence`);
    return { name, version, licence: license, text: readFileSync(join(folder, file), 'utf8') };
  });
}
