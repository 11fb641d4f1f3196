import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PackageURL } from 'packageurl-js';

/** What a bill of materials is made of: one thing, and what is inside it. */
export interface Part {
  type: 'application' | 'library' | 'platform' | 'file';
  name: string;
  version?: string;
  /** An SPDX identifier or expression; none where nobody has chosen a licence. */
  license?: string;
  description?: string;
  purl: string;
  hashes: Partial<Record<'SHA-256' | 'SHA-512', string>>;
  parts: Part[];
}

/** The address of a part that no registry has. */
export function genericPurl(name: string, version: string): string {
  return new PackageURL('generic', undefined, name, version).toString();
}

/** SHA-256 of a file, as a part's hashes. */
export function sha256Of(path: string): Part['hashes'] {
  return { 'SHA-256': createHash('sha256').update(readFileSync(path)).digest('hex') };
}
