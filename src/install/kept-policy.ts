import { lstatSync, readFileSync } from 'node:fs';
import { CliError, EXIT } from '../cli/errors.ts';
import { type Manifest, type PolicyChoices, parseManifest } from '../core/manifest.ts';
import { MANIFEST } from '../paths.ts';
import { locate, openRoot } from './root.ts';

/** The choices that a root was installed with; throws a CliError for a root that does not tell. */
export function keptPolicy(directory: string): PolicyChoices {
  const manifest = readManifest(locate(openRoot(directory), MANIFEST));
  if (manifest !== null) return manifest.policy;
  const hint = 'run macveil install with the options of the first time';
  throw new CliError(EXIT.input, `${directory} has no whole manifest to keep the policy of`, hint);
}

/** A link could lead out of the root, to the manifest of another system. */
function readManifest(file: string): Manifest | null {
  const isFile = lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? parseManifest(readFileSync(file, 'utf8')) : null;
}
