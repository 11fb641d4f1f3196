import { SystemError } from '../system.ts';

/** A file whose content is made when it is read and whose writes have an effect: /proc and /sys. */
export interface FakeAttribute {
  read: () => string;
  write?: (text: string) => void;
}

type Node =
  | { kind: 'directory' }
  | { kind: 'file'; text: string }
  | { kind: 'attribute'; attribute: FakeAttribute }
  | { kind: 'link'; target: string };

/** How many symbolic links one path may pass (path_resolution(7)). */
const LINK_LIMIT = 40;

/** A file tree in memory: directories, files, attributes and symbolic links, by absolute path. */
export class FakeFiles {
  /** Bytes that the files below a directory may hold together: a full disk, as data. */
  readonly limits = new Map<string, number>();
  readonly #nodes = new Map<string, Node>([['', { kind: 'directory' }]]);
  /** Where paths lead, until a path comes, goes or becomes something else. */
  readonly #resolved = new Map<string, string>();

  /** Puts a file in place with all its parents; a function or an object with `read` becomes an attribute. */
  put(path: string, content: string | FakeAttribute): void {
    const real = this.#place(path);
    const file = typeof content === 'string';
    this.#set(real, file ? { kind: 'file', text: content } : { kind: 'attribute', attribute: content });
  }

  /** Makes a directory and its parents. */
  addDirectory(path: string): void {
    const real = this.#resolve(path, 'makeDirectory', true);
    if (real === '' || this.#nodes.get(real)?.kind === 'directory') return;
    if (this.#nodes.has(real)) throw new SystemError(`mkdir ${path}`, 'ENOTDIR');
    this.addDirectory(parentOf(real));
    this.#set(real, { kind: 'directory' });
  }

  /** Makes a symbolic link with all its parents. */
  addLink(path: string, target: string): void {
    this.#set(this.#place(path), { kind: 'link', target });
  }

  /** Takes a path and all below it away. */
  drop(path: string): void {
    for (const known of [...this.#nodes.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) this.#nodes.delete(known);
    }
    this.#resolved.clear();
  }

  read(path: string): string {
    const node = this.#node(path, 'read');
    if (node.kind === 'file') return node.text;
    if (node.kind === 'attribute') return node.attribute.read();
    throw new SystemError(`read ${path}`, 'EISDIR');
  }

  write(path: string, text: string): void {
    const parent = this.#resolve(parentOf(path), `write ${path}`);
    if (this.#nodes.get(parent)?.kind !== 'directory') throw new SystemError(`write ${path}`, 'ENOTDIR');
    const real = `${parent}/${path.slice(path.lastIndexOf('/') + 1)}`;
    if (this.#nodes.get(real)?.kind === 'directory') throw new SystemError(`write ${path}`, 'EISDIR');
    if (!this.#fits(real, text)) throw new SystemError(`write ${path}`, 'ENOSPC');
    this.#set(real, { kind: 'file', text });
  }

  /** Makes an empty file unless there is one. */
  create(path: string): void {
    const directory = this.exists(path) && this.#node(path, 'open').kind === 'directory';
    if (directory) throw new SystemError(`open ${path}`, 'EISDIR');
    if (!this.exists(path)) this.write(path, '');
  }

  writeAttribute(path: string, text: string): void {
    const node = this.#node(path, 'write');
    if (node.kind === 'file') node.text = text;
    else if (node.kind === 'attribute' && node.attribute.write) node.attribute.write(text);
    else throw new SystemError(`write ${path}`, node.kind === 'attribute' ? 'EACCES' : 'EISDIR');
  }

  remove(path: string): void {
    const parent = this.#resolve(parentOf(path), `remove ${path}`);
    const real = `${parent}/${path.slice(path.lastIndexOf('/') + 1)}`;
    if (this.#nodes.get(real)?.kind === 'directory') throw new SystemError(`remove ${path}`, 'EISDIR');
    this.#nodes.delete(real);
    this.#resolved.clear();
  }

  list(path: string): string[] {
    const real = this.#resolve(path, `list ${path}`);
    if (this.#nodes.get(real)?.kind !== 'directory') throw new SystemError(`list ${path}`, 'ENOTDIR');
    const names = [...this.#nodes.keys()].filter((known) => known !== '' && parentOf(known) === real);
    return names.map((name) => name.slice(real.length + 1)).sort();
  }

  /** Every regular file below a directory with its text, in no order. */
  entries(directory: string): [path: string, text: string][] {
    return [...this.#nodes].flatMap(([path, node]): [string, string][] =>
      node.kind === 'file' && path.startsWith(`${directory}/`) ? [[path, node.text]] : [],
    );
  }

  readLink(path: string): string {
    const parent = this.#resolve(parentOf(path), `read link ${path}`);
    const node = this.#nodes.get(`${parent}/${path.slice(path.lastIndexOf('/') + 1)}`);
    if (node?.kind === 'link') return node.target;
    throw new SystemError(`read link ${path}`, node ? 'EINVAL' : 'ENOENT');
  }

  exists(path: string): boolean {
    try {
      this.#node(path, 'look at');
      return true;
    } catch {
      return false;
    }
  }

  /** Where a new file of this path goes, its parents made and their links followed. */
  #place(path: string): string {
    this.addDirectory(parentOf(path));
    return `${this.#resolve(parentOf(path), `make ${path}`)}/${path.slice(path.lastIndexOf('/') + 1)}`;
  }

  #node(path: string, what: string): Node {
    const node = this.#nodes.get(this.#resolve(path, `${what} ${path}`));
    if (!node) throw new SystemError(`${what} ${path}`, 'ENOENT');
    return node;
  }

  #fits(path: string, text: string): boolean {
    for (const [directory, limit] of this.limits) {
      if (!path.startsWith(`${directory}/`)) continue;
      let used = text.length;
      // The old file of the same name counts: an atomic replacement needs room for both.
      for (const [known, node] of this.#nodes) {
        if (known.startsWith(`${directory}/`) && node.kind === 'file') used += node.text.length;
      }
      if (used > limit) return false;
    }
    return true;
  }

  #set(path: string, node: Node): void {
    if (this.#nodes.get(path)?.kind !== node.kind || node.kind === 'link') this.#resolved.clear();
    this.#nodes.set(path, node);
  }

  #resolve(path: string, what: string, missing = false): string {
    const known = this.#resolved.get(path);
    if (known !== undefined) return known;
    const real = this.#follow(path, what, missing);
    if (this.#nodes.has(real)) this.#resolved.set(path, real);
    return real;
  }

  /** The path without links; `missing` lets the last parts be absent. */
  #follow(path: string, what: string, missing: boolean): string {
    let rest = path.split('/').filter((part) => part !== '' && part !== '.');
    let real = '';
    for (let links = 0; rest.length > 0; ) {
      const [part, ...more] = rest as [string, ...string[]];
      rest = more;
      const next = part === '..' ? parentOf(real) : `${real}/${part}`;
      const node = this.#nodes.get(next);
      if (node?.kind === 'link') {
        links += 1;
        if (links > LINK_LIMIT) throw new SystemError(what, 'ELOOP');
        if (node.target.startsWith('/')) real = '';
        rest = [...node.target.split('/').filter((p) => p !== '' && p !== '.'), ...rest];
        continue;
      }
      if (!node && !missing) throw new SystemError(what, 'ENOENT');
      if (node && node.kind !== 'directory' && rest.length > 0) throw new SystemError(what, 'ENOTDIR');
      real = next;
    }
    return real;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
