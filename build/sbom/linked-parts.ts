import { execaSync } from 'execa';
import { PackageURL } from 'packageurl-js';
import { type Part, sha256Of } from './part.ts';

/** Debian packages that may be linked into the hook, with their licences; one that is not here is an error. */
const KNOWN: { deb: RegExp; name: string; license: string }[] = [
  { deb: /^musl-dev$/, name: 'musl', license: 'MIT' },
  { deb: /^libgcc-[0-9]+-dev$/, name: 'libgcc', license: 'GPL-3.0-or-later WITH GCC-exception-3.1' },
];
/** dpkg-query's own fields, not those of a template. */
const FORMAT = ['Package', 'Version', 'Architecture'].map((field) => `\${${field}}`).join(' ');
/** What the linker took: an object file, or a member of an archive in brackets. A bare archive was only looked at. */
const TAKEN = /^(?:\((\/.*\.a)\)\S+|(\/.*\.o))$/;

/** Files of this machine out of which the linker took something, sorted; `made` holds those that were compiled just now. */
export function takenFiles(linked: string[], made: (path: string) => boolean): string[] {
  const files = linked.flatMap((line) => {
    const match = TAKEN.exec(line.trim());
    return match?.[1] ?? match?.[2] ?? [];
  });
  return [...new Set(files)].filter((file) => !made(file)).sort();
}

/** The Debian packages that these files belong to, each with its files. */
export function linkedParts(files: string[]): Part[] {
  const owners = new Map<string, string[]>();
  for (const file of files) {
    const owner = query('dpkg-query', ['--search', file]).split(': ')[0] ?? '';
    owners.set(owner, [...(owners.get(owner) ?? []), file]);
  }
  return [...owners].map(([owner, own]) => packagePart(owner, own));
}

function packagePart(owner: string, files: string[]): Part {
  const [deb = '', version = '', arch = ''] = query('dpkg-query', ['-W', '-f', FORMAT, owner]).split(' ');
  const known = KNOWN.find((each) => each.deb.test(deb));
  if (known === undefined)
    throw new Error(
      `${files[0]} of ${deb} is linked into the hook; build/sbom/linked-parts.ts does not know its licence`,
    );
  const { name, license } = known;
  const purl = new PackageURL('deb', 'debian', deb, version, { arch }).toString();
  const parts = files.map((file) => linkedFile(file, purl));
  return { type: 'library', name, version, license, purl, hashes: {}, parts };
}

function linkedFile(path: string, purl: string): Part {
  return { type: 'file', name: path, purl: `${purl}#${path.slice(1)}`, hashes: sha256Of(path), parts: [] };
}

function query(program: string, args: string[]): string {
  return execaSync(program, args).stdout.trim();
}
