import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { genericPurl, type Part } from './part.ts';

const FETCH = 'build/quickjs/fetch.sh';
const CACHE = '.cache/quickjs';
/** The first words of the MIT licence after the copyright lines. */
const MIT = /Permission is hereby granted, free of charge[\s\S]*WITHOUT WARRANTY OF ANY KIND/;

/** QuickJS, of the version and checksum that fetch.sh pins; its licence is read from the source that was compiled. */
export function quickjsPart(): Part {
  const script = readFileSync(FETCH, 'utf8');
  const version = pinned(script, 'version');
  if (!MIT.test(readFileSync(join(CACHE, version, 'LICENSE'), 'utf8')))
    throw new Error(`the LICENSE of QuickJS ${version} is not the MIT licence`);
  return {
    type: 'library',
    name: 'quickjs',
    version,
    license: 'MIT',
    description: 'JavaScript engine; the hash is that of its source archive',
    purl: genericPurl('quickjs', version),
    hashes: { 'SHA-256': pinned(script, 'checksum') },
    parts: [],
  };
}

function pinned(script: string, name: string): string {
  const value = new RegExp(`^${name}=(\\S+)$`, 'm').exec(script)?.[1];
  if (value === undefined) throw new Error(`${FETCH} pins no ${name}`);
  return value;
}
