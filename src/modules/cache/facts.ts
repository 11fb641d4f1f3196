import type { ModuleContents } from '../module-facts.ts';

/** What packed modules say, by the SHA-256 of their bytes; texts are made when they are added and read when asked for. */
export class FactsStore {
  readonly #kept: Map<string, string>;
  readonly #current = new Map<string, { line: string; path: string }>();

  constructor(text: string | null) {
    const lines = (text ?? '').split('\n').filter((line) => line !== '');
    this.#kept = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line]));
  }

  /** What a module with this digest says, undefined when that is not known. */
  find(digest: string, path: string): ModuleContents | undefined {
    const line = this.#kept.get(digest);
    if (line === undefined) return undefined;
    this.#current.set(digest, { line, path });
    return JSON.parse(line.slice(line.indexOf(' ') + 1)) as ModuleContents;
  }

  /** Remembers what the module at this path says. */
  add(digest: string, path: string, contents: ModuleContents): void {
    const { imports, exports, aliases, softdeps, depends } = contents;
    const line = `${digest} ${JSON.stringify({ imports, exports, aliases, softdeps, depends })}`;
    this.#current.set(digest, { line, path });
  }

  /** Everything of this run, without what was read from files that may have changed meanwhile; null when nothing is new. */
  format(isSteady: (path: string) => boolean): string | null {
    const entries = [...this.#current].map(([digest, { line, path }]) => ({
      line,
      path,
      isKept: this.#kept.has(digest),
    }));
    const added = entries.filter(({ path, isKept }) => !isKept && isSteady(path));
    if (added.length === 0) return null;
    return [...entries.filter(({ isKept }) => isKept), ...added].map(({ line }) => line).join('\n');
  }
}
