import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** What is kept: a kernel's verdicts, or what its packed modules say. */
export type Kind = 'result' | 'facts';

/** The newest of each kind stay: kernels of the images one works on. */
const KEPT = 8;
/** Twenty times the facts of Debian's 6.12; whatever is larger is not ours. */
const MAX_SIZE = 1 << 27;
/** What a run that was killed left behind; nobody writes that long. */
const STALE_MS = 60 * 60 * 1000;
const HEADER = 'macveil cache 1';

/** Texts by key in one directory, each with a checksum. Nothing here throws: what cannot be read or kept is not there. */
export class Store {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The text kept under a key; null when there is none, or when anything is wrong with it. */
  read(kind: Kind, key: string): string | null {
    return attempt(() => {
      const fd = openSync(
        this.#path(kind, key),
        constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      );
      try {
        const found = fstatSync(fd);
        if (!found.isFile() || found.size > MAX_SIZE) return null;
        const body = unwrap(readFileSync(fd));
        // The ones that are used stay.
        if (body !== null) attempt(() => futimesSync(fd, new Date(), new Date()));
        return body;
      } finally {
        closeSync(fd);
      }
    });
  }

  /** Keeps a text, and forgets the oldest of its kind. */
  write(kind: Kind, key: string, text: string): void {
    const draft = join(this.#directory, `.${kind}-${key}.${process.pid}`);
    attempt(() => {
      writeFileSync(draft, wrap(text), { mode: 0o600, flag: 'wx' });
      renameSync(draft, this.#path(kind, key));
      this.#prune(kind);
    });
    attempt(() => rmSync(draft, { force: true }));
  }

  #path(kind: Kind, key: string): string {
    return join(this.#directory, `${kind}-${key}`);
  }

  #prune(kind: Kind): void {
    const names = readdirSync(this.#directory);
    const files = names.map((name) => ({ name, at: statSync(join(this.#directory, name)).mtimeMs }));
    const ours = files.filter(({ name }) => name.startsWith(`${kind}-`)).sort((a, b) => b.at - a.at);
    const stale = files.filter(({ name, at }) => name.startsWith('.') && at < Date.now() - STALE_MS);
    for (const { name } of [...ours.slice(KEPT), ...stale])
      rmSync(join(this.#directory, name), { force: true });
  }
}

function wrap(body: string): string {
  return `${HEADER} ${checksum(body)}\n${body}`;
}

function unwrap(bytes: Buffer): string | null {
  const text = bytes.toString();
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  return text.slice(0, end) === `${HEADER} ${checksum(body)}` ? body : null;
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
