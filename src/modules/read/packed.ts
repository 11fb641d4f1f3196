import { factsFrom, type ModuleFacts, problemFacts } from '../module-facts.ts';
import type { NameTable } from '../names.ts';
import type { ModuleFile } from '../tree.ts';
import { Batches, type PackedFile, SLOTS } from './batches.ts';
import type { Known } from './known.ts';
import { MAX_MODULE_SIZE, TOO_LARGE } from './limits.ts';
import type { Packing } from './packing.ts';
import { FileSource, MODULE } from './source.ts';
import { Unpacker } from './unpacker.ts';

/** What all readers of one kernel share. */
export interface Shared {
  names: NameTable;
  known: Known;
  /** Takes what is read, as soon as it is. */
  note: (facts: ModuleFacts[]) => void;
}

/** Reads packed modules on all cores. */
export async function readPacked(packing: Packing, files: ModuleFile[], shared: Shared): Promise<void> {
  const batches = new Batches(packing, files, shared.known);
  await Promise.all(Array.from({ length: SLOTS }, () => readBatches(packing, batches, shared)));
}

async function readBatches(packing: Packing, batches: Batches, shared: Shared): Promise<void> {
  let reader: PackedReader | null = null;
  try {
    for (let batch = batches.take(); batch.length > 0; batch = batches.take()) {
      shared.note(batches.takeKnown());
      reader ??= new PackedReader(packing, shared.names);
      const facts = await reader.read(batch);
      learnAll(shared.known, batch, facts);
      shared.note(facts);
    }
    shared.note(batches.takeKnown());
  } finally {
    reader?.close();
  }
}

function learnAll(known: Known, batch: PackedFile[], facts: ModuleFacts[]): void {
  for (let i = 0; i < batch.length; i++) known.learn(batch[i]?.digest ?? '', facts[i] as ModuleFacts);
}

class PackedReader {
  readonly #packing: Packing;
  readonly #names: NameTable;
  readonly #unpacker: Unpacker;

  constructor(packing: Packing, names: NameTable) {
    this.#packing = packing;
    this.#names = names;
    this.#unpacker = new Unpacker(packing);
  }

  /** Reads a batch with one process; one in which anything is wrong is read again file by file. */
  async read(batch: PackedFile[]): Promise<ModuleFacts[]> {
    if (batch.every(({ size }) => size !== null)) {
      const total = batch.reduce((sum, { size }) => sum + (size ?? 0), 0);
      const names = batch.map(({ file }) => file);
      if (await this.#unpacker.unpack(names, total)) return this.#cut(batch);
    }
    const facts: ModuleFacts[] = [];
    for (const module of batch) facts.push(await this.#readOne(module));
    return facts;
  }

  close(): void {
    this.#unpacker.close();
  }

  /** Reads one module, whatever it says of its size. */
  async #readOne(module: ModuleFile): Promise<ModuleFacts> {
    try {
      return this.#factsOf(module, await this.#unpacker.unpackOne(module.file, MAX_MODULE_SIZE));
    } finally {
      this.#unpacker.clear();
    }
  }

  #factsOf({ path }: ModuleFile, found: { size: number } | { complaint: string }): ModuleFacts {
    if ('complaint' in found) {
      const why = found.complaint === '' ? '' : `: ${found.complaint}`;
      return problemFacts(path, `${this.#packing.program} cannot unpack it${why}`);
    }
    if (found.size >= MAX_MODULE_SIZE) return problemFacts(path, TOO_LARGE);
    return factsFrom(path, new FileSource(this.#unpacker.fd, 0, found.size, MODULE), this.#names);
  }

  #cut(batch: PackedFile[]): ModuleFacts[] {
    let base = 0;
    return batch.map(({ path, size }) => {
      const facts = factsFrom(path, new FileSource(this.#unpacker.fd, base, size ?? 0, MODULE), this.#names);
      base += size ?? 0;
      return facts;
    });
  }
}
