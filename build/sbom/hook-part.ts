import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { hookBundleOptions } from '../../src/compile/bundle.ts';
import { type CompiledHook, compileHook } from '../../src/compile/compile.ts';
import { DEFAULT_HOOK_POLICY } from '../../src/core/hook-policy.ts';
import { linkedParts, takenFiles } from './linked-parts.ts';
import { npmPart, packageFolders } from './npm-parts.ts';
import { ownPart, VERSION } from './own-parts.ts';
import { genericPurl, type Part, sha256Of } from './part.ts';
import { quickjsPart } from './quickjs-part.ts';

const HOOK = 'dist/macveil-hook';
const ENTRY = 'src/hook/main-quickjs.ts';
const NATIVE = 'build/quickjs';
const NATIVE_SOURCE = /\.[ch]$/;
/** Inputs that esbuild makes itself, as for `define`. */
const NO_FILE = /^</;

/** The hook with all that is in it: what the linker took, what the bundler took, the C sources, QuickJS. */
export async function hookPart(): Promise<Part> {
  const { linked } = await compileAgain();
  const inputs = await hookInputs();
  const taken = takenFiles(
    linked,
    (path) => path.startsWith(tmpdir() + sep) || path.startsWith(resolve('.cache') + sep),
  );
  const native = readdirSync(NATIVE).filter((name) => NATIVE_SOURCE.test(name));
  return {
    type: 'application',
    name: 'macveil-hook',
    version: VERSION,
    purl: genericPurl('macveil-hook', VERSION),
    hashes: sha256Of(HOOK),
    parts: [
      quickjsPart(),
      ...linkedParts(taken),
      ownPart(
        'macveil-hook: C',
        NATIVE,
        native.map((name) => join(NATIVE, name)),
      ),
      ownPart(
        'macveil-hook: TypeScript',
        'src/hook',
        inputs.filter((path) => !path.includes('node_modules/')),
      ),
      ...packageFolders(inputs).map(npmPart),
    ],
  };
}

async function hookInputs(): Promise<string[]> {
  const { metafile } = await build({ ...hookBundleOptions(ENTRY, DEFAULT_HOOK_POLICY), metafile: true });
  return Object.keys(metafile.inputs).filter((path) => !NO_FILE.test(path));
}

/** A bill of another hook than the one that is there would be worse than none. */
async function compileAgain(): Promise<CompiledHook> {
  const work = mkdtempSync(join(tmpdir(), 'macveil-sbom-'));
  try {
    const output = join(work, 'hook');
    const compiled = await compileHook({ entry: ENTRY, output });
    if (readFileSync(output).equals(readFileSync(HOOK))) return compiled;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  throw new Error(`${HOOK} is not what these sources give; run: node dist/macveil.mjs compile`);
}
