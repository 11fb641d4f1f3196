import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import { placeInRoot } from '../modules/root-path.ts';

/** The real path of an image's root; throws a CliError for anything that cannot be one. */
export function openRoot(directory: string): string {
  const stat = statSync(directory, { throwIfNoEntry: false });
  if (!stat) throw notRoot(`${directory} does not exist`, 'give --root the folder that holds the image');
  if (!stat.isDirectory())
    throw notRoot(`${directory} is not a folder`, 'unpack or mount the image, then name the folder');
  const root = realpathSync(directory);
  if (!statSync(join(root, 'usr'), { throwIfNoEntry: false })?.isDirectory()) {
    throw notRoot(
      `${directory} is not the root of a Linux system: it has no /usr`,
      'name the folder with /usr in it',
    );
  }
  return root;
}

/**
 * Where an absolute path of the image is on this host. Symbolic links in its folders are followed as the booted image
 * would follow them, so that neither `/lib -> usr/lib` nor `/lib -> /usr/lib` ever leads out of `root`; the last
 * part is not followed, because that is what gets replaced. Folders that do not exist yet are taken as written.
 */
export function locate(root: string, path: string): string {
  const folder = placeInRoot(root, dirname(path));
  if (folder !== null) return join(folder, basename(path));
  throw notRoot(`${join(root, dirname(path))}: symbolic links in a loop`, 'repair the links in the image');
}

/** The path inside the image of a path on this host. */
export function insidePath(root: string, host: string): string {
  return `/${relative(root, host)}`;
}

function notRoot(message: string, hint: string): CliError {
  return new CliError(EXIT.input, message, hint);
}
