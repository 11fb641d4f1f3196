import type { ByteSource } from '../byte-view.ts';
import type { FactsStore } from '../cache/facts.ts';
import { hash } from '../cache/identity.ts';
import { type ModuleFacts, moduleName } from '../module-facts.ts';

/** What earlier runs found in packed modules, by their bytes; without a store nothing is known and nothing is hashed. */
export class Known {
  readonly #store: FactsStore | null;

  constructor(store: FactsStore | null) {
    this.#store = store;
  }

  /** The digest of a packed file, '' without a store, and its facts, null when they are not known. */
  look(path: string, source: ByteSource): { digest: string; facts: ModuleFacts | null } {
    if (this.#store === null) return { digest: '', facts: null };
    source.load(0, source.size);
    const digest = hash(source.bytes.subarray(0, source.size));
    const contents = this.#store.find(digest, path);
    if (contents === undefined) return { digest, facts: null };
    return { digest, facts: { name: moduleName(path), path, problem: '', ...contents } };
  }

  /** Remembers what was read; not of a module with a problem, which may have been this machine's. */
  learn(digest: string, facts: ModuleFacts): void {
    if (digest !== '' && facts.problem === '') this.#store?.add(digest, facts.path, facts);
  }
}
