/** Room for arguments that every Linux has: xargs(1) takes as much when it is told nothing. */
const BATCH_BYTES = 128 * 1024;
/** libkmod takes no name of this length or more (PATH_MAX, libkmod.c). */
const NAME_LIMIT = 4096;

/** Cuts queries into batches whose arguments fit into one call; `extra` is what each costs besides its own bytes. */
export function batches(queries: string[], extra: number, limit = BATCH_BYTES): string[][] {
  const cut: string[][] = [];
  let room = 0;
  for (const query of queries) {
    const bytes = Buffer.byteLength(query) + extra;
    if (bytes > room || cut.length === 0) {
      cut.push([]);
      room = limit;
    }
    cut.at(-1)?.push(query);
    room -= bytes;
  }
  return cut;
}

/** Whether libkmod can be asked for this text at all. */
export function isAskable(query: string): boolean {
  return query !== '' && Buffer.byteLength(query) < NAME_LIMIT && !query.includes('\0');
}
