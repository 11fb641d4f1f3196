import { readFileSync } from 'node:fs';
import { PackageURL } from 'packageurl-js';
import type { Part } from './part.ts';

/** The folder of the innermost package that a bundled file is of. */
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
/** How esbuild marks in a bundle where a file begins. */
const BUNDLED_FILE = /^\s*\/\/ ((?:\S*\/)?node_modules\/\S+)$/gm;
const LOCK: { packages: Record<string, { version: string; integrity: string }> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

/** Folders of the npm packages among bundled files, sorted; files of this project are in none. */
export function packageFolders(files: string[]): string[] {
  const folders = files.flatMap((file) => PACKAGE_FOLDER.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** The same, drawn from the bundle itself: a second opinion on what esbuild says of its inputs. */
export function foldersInBundle(text: string): string[] {
  return packageFolders(Array.from(text.matchAll(BUNDLED_FILE), ([, file = '']) => file));
}

/** An npm package as part, with the checksum that package-lock.json pins. */
export function npmPart(folder: string): Part {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const locked = LOCK.packages[folder];
  if (locked?.version !== version)
    throw new Error(`${folder} is ${version}, package-lock.json says ${locked?.version}; run npm ci`);
  if (typeof license !== 'string') throw new Error(`${folder}/package.json names no licence`);
  const [algorithm, sum = ''] = locked?.integrity.split('-') ?? [];
  if (algorithm !== 'sha512') throw new Error(`package-lock.json has no SHA-512 of ${folder}`);
  const hashes = { 'SHA-512': Buffer.from(sum, 'base64').toString('hex') };
  return { type: 'library', name, version, license, purl: npmPurl(name, version), hashes, parts: [] };
}

function npmPurl(name: string, version: string): string {
  const [base = '', scope] = name.split('/').reverse();
  return new PackageURL('npm', scope, base, version).toString();
}
