import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseKey } from '../../../build/image/base.mjs';
import { NO_CHOICES } from '../../../src/core/manifest.ts';
import { formatBlocklist } from '../../../src/modules/blocklist.ts';
import { analyseRoot, type KernelAnalysis } from '../../../src/modules/enumerate.ts';
import { LoadGuest } from './guest.ts';
import { withMachine } from './machine.ts';
import { type Stage, wordsFile } from './stages.ts';

const SCRIPTS = ['prepare.sh', 'try.sh'];

/** The modules of the demo image, judged, and the list for them. */
export interface Subject {
  kernel: KernelAnalysis;
  list: string;
}

/** Judges the modules of the Debian root that the demo image was packed from, by macveil's own policy or its strict form. */
export async function readSubject(strict: boolean): Promise<Subject> {
  const root = `.cache/image/root-${baseKey()}`;
  const analysis = await analyseRoot(root, { choices: { ...NO_CHOICES, strict } });
  const [kernel, ...more] = analysis.kernels;
  if (!kernel || more.length > 0) throw new Error(`${root} holds ${more.length + 1} kernels, not one`);
  return { kernel, list: formatBlocklist(analysis) };
}

/** Boots a machine that can try these stages under these lists, by name, and gives it to `work`. */
export async function withLoadGuest<T>(
  name: string,
  stages: Stage[],
  lists: Record<string, string>,
  work: (guest: LoadGuest) => Promise<T>,
): Promise<T> {
  const scripts = SCRIPTS.map((file) => [file, readFileSync(join('test/vm/load', file), 'utf8')]);
  const words = stages.map((stage) => [wordsFile(stage), stage.words.map((word) => `${word}\n`).join('')]);
  const files = { ...Object.fromEntries([...scripts, ...words]), ...lists };
  return withMachine(files, `.cache/evidence/load-${name}`, async (shell) => {
    const guest = new LoadGuest(shell);
    await guest.prepare();
    return work(guest);
  });
}
