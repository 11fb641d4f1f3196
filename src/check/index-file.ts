/** Numbers of libkmod's index files (libkmod-index.c): the first two words, and what an offset's high bits say of a node. */
const MAGIC = 0xb007f457;
const VERSION = 0x00020001;
const NODE = { prefix: 0x80000000, values: 0x40000000, children: 0x20000000, offset: 0x0fffffff } as const;
/** Characters that one file's walk may cost; Debian's largest takes a sixtieth of it. A hostile file could share nodes. */
const BUDGET = 2 ** 28;

/** Reads an index that depmod wrote (modules.dep.bin, modules.alias.bin): values by key; null when it is damaged. */
export function parseIndex(bytes: Buffer): Map<string, string[]> | null {
  try {
    if (bytes.readUInt32BE(0) !== MAGIC || bytes.readUInt32BE(4) !== VERSION) return null;
    return new Walk(bytes).all(bytes.readUInt32BE(8));
  } catch (error) {
    // What an offset leads to lies beyond the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

class Walk {
  readonly #bytes: Buffer;
  readonly #found = new Map<string, string[]>();
  readonly #todo: { node: number; key: string }[] = [];
  #at = 0;
  #cost = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  all(root: number): Map<string, string[]> {
    this.#todo.push({ node: root, key: '' });
    for (let next = this.#todo.pop(); next !== undefined; next = this.#todo.pop())
      this.#visit(next.node, next.key);
    return this.#found;
  }

  #visit(node: number, start: string): void {
    this.#at = (node & NODE.offset) >>> 0;
    const key = (node & NODE.prefix) === 0 ? start : start + this.#text();
    this.#cost += 1 + key.length;
    if (this.#cost > BUDGET) throw new RangeError('nodes are shared');
    if ((node & NODE.children) !== 0) this.#children(key);
    if ((node & NODE.values) !== 0) this.#values(key);
  }

  #children(key: string): void {
    const [first, last] = [this.#byte(), this.#byte()];
    for (let char = first; char <= last; char++) {
      const node = this.#word();
      if (node !== 0) this.#todo.push({ node, key: key + String.fromCharCode(char) });
    }
  }

  #values(key: string): void {
    const values = this.#found.get(key) ?? [];
    this.#found.set(key, values);
    for (let left = this.#word(); left > 0; left--) {
      // Its priority: which of several values modprobe takes first.
      this.#word();
      values.push(this.#text());
    }
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }

  #word(): number {
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  #text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new RangeError('a text without an end');
    const text = this.#bytes.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return text;
  }
}
