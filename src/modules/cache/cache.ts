import type { PolicyChoices } from '../../core/manifest.ts';
import type { KernelModules } from '../enumerate.ts';
import type { KernelTree } from '../tree.ts';
import { FactsStore } from './facts.ts';
import { hash, type Identity, identify, programIdentity } from './identity.ts';
import { Store } from './store.ts';

/** What earlier runs found out: of kernels that did not change all, of others what their unchanged modules say. */
export class ModuleCache {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #program = programIdentity();

  /** `now` tells the time in milliseconds. */
  constructor(directory: string, now: () => number = Date.now) {
    this.#store = new Store(directory);
    this.#now = now;
  }

  /** What is known of one kernel as it is at this moment; to be called before anything of it is read. */
  of(tree: KernelTree): KernelCache {
    return new KernelCache(this.#store, this.#program, tree, this.#now());
  }
}

/** What is known of one kernel. */
export class KernelCache {
  readonly #store: Store;
  readonly #program: string;
  readonly #tree: KernelTree;
  readonly #began: number;
  readonly #before: Identity;
  #facts: FactsStore | null = null;

  constructor(store: Store, program: string, tree: KernelTree, now: number) {
    this.#store = store;
    this.#program = program;
    this.#tree = tree;
    this.#began = now;
    this.#before = identify(tree, now);
  }

  /** The verdicts of an earlier run on exactly these files by exactly this program with these choices; else null. */
  result(choices: PolicyChoices): KernelModules | null {
    const text = this.#store.read('result', this.#resultKey(choices));
    return text === null ? null : (JSON.parse(text) as KernelModules);
  }

  /** What single modules say, whatever kernel directory they were in. */
  get facts(): FactsStore {
    this.#facts ??= new FactsStore(this.#store.read('facts', this.#factsKey()));
    return this.#facts;
  }

  /** Keeps what was read, unless a file may have changed while it was read. */
  keep(choices: PolicyChoices, modules: KernelModules): void {
    const after = identify(this.#tree, this.#began);
    const { files, unsettled, digest } = this.#before;
    const isSteady = (path: string) => !unsettled.has(path) && files.get(path) === after.files.get(path);
    const facts = this.#facts?.format(isSteady) ?? null;
    if (facts !== null) this.#store.write('facts', this.#factsKey(), facts);
    // A problem may have been this machine's: no memory, a broken disk. It is looked at again each time.
    if (modules.problems.length > 0 || modules.builtinProblem !== '') return;
    if (unsettled.size === 0 && digest === after.digest)
      this.#store.write('result', this.#resultKey(choices), JSON.stringify(modules));
  }

  #resultKey(choices: PolicyChoices): string {
    return hash(JSON.stringify([this.#program, choices, this.#before.digest]));
  }

  /** By release, so that a kernel built into another root, or with one module more, finds them. */
  #factsKey(): string {
    return hash(JSON.stringify([this.#program, this.#tree.release]));
  }
}
