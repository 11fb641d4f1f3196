import { ArchiveError } from './archive-error.ts';
import { type CpioHandler, cText } from './cpio.ts';
import { type CpioHeader, TYPE } from './header.ts';
import type { Limits } from './limits.ts';
import { makeNode, type Node } from './node.ts';
import { misplaced, unfit } from './unfit.ts';
import { type Place, parentOf, walk } from './walk.ts';

/** An entry that the kernel passes over without a word. */
export interface LostEntry {
  path: string;
  why: string;
}

/** Says which regular files' contents are to be kept; the path is the real one, links of earlier entries followed. */
export type Keep = (path: string, size: number) => boolean;

/** What stands in the kernel's own initramfs before any initrd is unpacked (usr/default_cpio_list). */
const BUILT_IN: [string, number][] = [
  ['dev', TYPE.directory],
  ['dev/console', TYPE.character],
  ['root', TYPE.directory],
];
/** Real ones are at most 20 deep; bounds what walking the tree takes. */
const MAX_DEPTH = 128;
const NOTHING = Buffer.alloc(0);
const PASSED_OVER = { collect: false, end: () => {} };

/** Builds the root that an initrd unpacks to, entry by entry, as do_name() and clean_path() of init/initramfs.c do. */
export class RootTree implements CpioHandler {
  readonly root: Node = makeNode(TYPE.directory, 0);
  readonly lost: LostEntry[] = [];
  /** Entries so far, of all segments. */
  entries = 0;
  /** Index of the segment that is being read. */
  segment = 0;
  readonly #keep: Keep;
  readonly #limits: Limits;
  readonly #hardLinks = new Map<string, Node>();
  #held = 0;
  #steps = 0;

  constructor(keep: Keep, limits: Limits) {
    this.#keep = keep;
    this.#limits = limits;
    for (const [path, type] of BUILT_IN) {
      const place = walk(this.root, path, false) as Place;
      parentOf(place).children.set(place.names.at(-1) as string, { ...makeNode(type, 0), builtIn: true });
    }
  }

  begin(header: CpioHeader, name: string, at: number): ReturnType<CpioHandler['begin']> {
    if (++this.entries > this.#limits.entries)
      throw new ArchiveError(`more than ${this.#limits.entries} entries`, at);
    this.#hold(name.length, at);
    const place = this.#locate(name, at);
    const why = unfit(header) ?? misplaced(place, header);
    if (why === null) return this.#put(header, place as Place, at);
    this.lost.push({ path: name, why });
    return PASSED_OVER;
  }

  /** Hard links do not reach across the end of an archive: free_hash() of the kernel. */
  trailer(): void {
    this.#hardLinks.clear();
  }

  #locate(name: string, at: number): Place | null {
    if (name.split('/').includes('..'))
      throw new ArchiveError(`an entry that climbs out of its folder (${name})`, at);
    const place = walk(this.root, name, false, () => {
      if (++this.#steps > this.#limits.steps)
        throw new ArchiveError('its links lead through too many folders', at);
    });
    const names = place?.names ?? [];
    if (names.length > MAX_DEPTH) throw new ArchiveError(`folders more than ${MAX_DEPTH} deep`, at);
    this.#hold(names.join('/').length, at);
    return place;
  }

  #put(header: CpioHeader, place: Place, at: number): ReturnType<CpioHandler['begin']> {
    const shared = isShared(header) ? this.#hardLinks.get(header.identity) : undefined;
    const node = shared ?? reusable(place, header) ?? makeNode(header.mode, this.segment);
    if (isShared(header)) this.#hardLinks.set(header.identity, node);
    Object.assign(node, { mode: header.mode, segment: this.segment, builtIn: false });
    const name = place.names.at(-1);
    if (name !== undefined) parentOf(place).children.set(name, node);
    const collect = this.#isCollected(node, header, place);
    if (collect) this.#hold(header.size, at);
    // The kernel empties a file that it opens, but not for a further name of the same one.
    if (shared === undefined || header.size > 0) empty(node, header.size);
    return { collect, end: (body) => collect && fill(node, body) };
  }

  #isCollected({ kind }: Node, header: CpioHeader, { names }: Place): boolean {
    if (header.size === 0) return false;
    // Which names a shared body will have is known only at the end of the archive.
    if (kind === 'link' || isShared(header)) return true;
    return kind === 'file' && this.#keep(names.join('/'), header.size);
  }

  #hold(bytes: number, at: number): void {
    this.#held += bytes;
    if (this.#held <= this.#limits.kept) return;
    throw new ArchiveError(
      `names and wanted files of more than ${this.#limits.kept / 2 ** 20} MiB together`,
      at,
    );
  }
}

function isShared({ links, mode }: CpioHeader): boolean {
  const type = mode & TYPE.mask;
  return links > 1 && type !== TYPE.directory && type !== TYPE.link;
}

/** What is there already stays, and is only changed, if it is of the same kind; a link never is (clean_path()). */
function reusable({ node }: Place, { mode }: CpioHeader): Node | undefined {
  if (node === null || node.kind === 'link') return undefined;
  return (node.mode & TYPE.mask) === (mode & TYPE.mask) ? node : undefined;
}

function empty(node: Node, size: number): void {
  node.size = size;
  node.content = size === 0 && node.kind === 'file' ? NOTHING : null;
}

function fill(node: Node, body: Buffer): void {
  node.content = body;
  if (node.kind === 'link') node.target = cText(body);
}
