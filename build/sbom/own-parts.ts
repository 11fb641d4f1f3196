import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { PackageURL } from 'packageurl-js';
import { type Part, sha256Of } from './part.ts';

/** This project's version. */
export const VERSION: string = JSON.parse(readFileSync('package.json', 'utf8')).version;

/** Files of this project as one part: `name` says what they are, `folder` where they are. */
export function ownPart(name: string, folder: string, files: string[]): Part {
  const parts = [...files].sort().map(ownFile);
  return { type: 'library', name, version: VERSION, purl: ownPurl(folder), hashes: {}, parts };
}

function ownFile(path: string): Part {
  const isLink = lstatSync(path).isSymbolicLink();
  const content = isLink
    ? { description: `symbolic link to ${readlinkSync(path)}`, hashes: {} }
    : { hashes: sha256Of(path) };
  return { type: 'file', name: path, purl: ownPurl(path), parts: [], ...content };
}

function ownPurl(path: string): string {
  return new PackageURL('npm', undefined, 'macveil', VERSION, undefined, path).toString();
}
