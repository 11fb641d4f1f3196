import { problem } from '../problem.ts';

/** One line of a boot entry: a key and its value. */
export interface EntryLine {
  key: string;
  value: string;
  raw: string;
  line: number;
}

/** A boot entry of type 1 (Boot Loader Specification): a file of keys and values. */
export interface BootEntry {
  path: string;
  /** The file's name without the counter of boot attempts: by this loader.conf names it. */
  id: string;
  text: string;
  lines: EntryLine[];
}

/** Keys of the Boot Loader Specification (uapi-group.org) that say nothing macveil would have to change. */
const KNOWN = [
  ...['title', 'version', 'machine-id', 'sort-key', 'architecture', 'linux', 'initrd', 'options'],
  ...['devicetree', 'devicetree-overlay'],
];
/** `-LEFT` and `-LEFT-DONE` before `.conf`: how often an entry may still be tried. */
const COUNTER = /\+\d+(?:-\d+)?(?=\.conf$)/;

/** Reads the lines of an entry; what its keys mean is judged later, and only for the one that is derived from. */
export function parseEntry(path: string, text: string): BootEntry {
  const lines = text.split('\n').flatMap((raw, index): EntryLine[] => {
    const [found = '', key] = /^[ \t]*([^ \t#]\S*)/.exec(raw) ?? [];
    return key === undefined ? [] : [{ key, value: raw.slice(found.length).trim(), raw, line: index + 1 }];
  });
  return { path, id: fileName(path).replace(COUNTER, ''), text, lines };
}

/** The value of a key that counts once; '' when it is not there. */
export function keyValue({ lines }: BootEntry, key: string): string {
  return lines.findLast((line) => line.key === key)?.value ?? '';
}

/** Refuses an entry that starts no Linux by itself, or holds a key that nobody has thought about. */
export function requireLinux({ path, lines }: BootEntry): void {
  const image = lines.find(({ key }) => key === 'efi' || key === 'uki' || key === 'uki-url');
  if (image) {
    const hint =
      'a unified kernel image carries its own command line: docs/boot-menu.md says what is possible';
    throw problem(
      path,
      image.line,
      `the entry starts ${image.value} and no kernel with a command line`,
      hint,
    );
  }
  const unknown = lines.find(({ key }) => !KNOWN.includes(key));
  if (unknown)
    throw problem(path, unknown.line, `the key "${unknown.key}" is not known`, 'take it out of the entry');
  if (keyValue({ path, lines, id: '', text: '' }, 'linux') === '')
    throw problem(path, 1, 'the entry has no linux line', 'name another one with --entry');
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
