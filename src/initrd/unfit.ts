import { type CpioHeader, TYPE } from './header.ts';
import type { Place } from './walk.ts';

/** PATH_MAX: the kernel passes over a link whose target is longer. */
const MAX_TARGET = 4096;
/** NAME_MAX of the kernel. */
const MAX_COMPONENT = 255;
const TYPES: number[] = Object.values(TYPE).filter((type) => type !== TYPE.mask);

/** Why the kernel makes nothing of an entry, whatever is in its place; null when it does. */
export function unfit({ mode, size }: CpioHeader): string | null {
  const type = mode & TYPE.mask;
  if (!TYPES.includes(type)) return 'it is of no known kind';
  if (type === TYPE.link) {
    if (size === 0) return 'the link leads nowhere';
    return size > MAX_TARGET ? `its target is longer than ${MAX_TARGET} bytes` : null;
  }
  return size > 0 && type !== TYPE.file ? 'it has contents, and is no file' : null;
}

/** Why an entry cannot go where its name says (null: nowhere); null when it can. */
export function misplaced(place: Place | null, { mode }: CpioHeader): string | null {
  if (place === null) return 'its folder is missing';
  if (place.names.some((name) => Buffer.byteLength(name) > MAX_COMPONENT))
    return `a name longer than ${MAX_COMPONENT} bytes`;
  const { node, names } = place;
  if (node?.kind !== 'directory' || (mode & TYPE.mask) === TYPE.directory) return null;
  const isRoot = names.length === 0;
  return isRoot || node.children.size > 0 ? 'a folder with contents is in its place' : null;
}
