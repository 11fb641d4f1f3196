import { existsSync } from 'node:fs';
import type { BuildFailure, BuildOptions } from 'esbuild';
import { CliError, EXIT } from '../cli/errors.ts';
import type { HookPolicy } from '../core/hook-policy.ts';

/** One script without imports, as QuickJS takes it: no module loader and no promises exist in the hook. */
export async function bundleHook(entry: string, policy: HookPolicy): Promise<string> {
  if (!existsSync(entry)) {
    throw new CliError(
      EXIT.input,
      `${entry} does not exist`,
      'name the TypeScript file to compile with --entry',
    );
  }
  const { build } = await loadEsbuild();
  const result = await build(hookBundleOptions(entry, policy)).catch((error: BuildFailure) => {
    throw notBundled(entry, error);
  });
  return result.outputFiles[0]?.text ?? '';
}

/** How esbuild makes the hook's script; also for those who ask what goes into it. */
export function hookBundleOptions(entry: string, policy: HookPolicy) {
  return {
    entryPoints: [entry],
    bundle: true,
    write: false,
    // `neutral` knows no built-in modules: an import of node:fs is an error here and not on someone's boot.
    platform: 'neutral',
    format: 'iife',
    target: 'es2023',
    charset: 'utf8',
    minifySyntax: true,
    legalComments: 'none',
    define: { MACVEIL_HOOK_POLICY: JSON.stringify(policy) },
    loader: { '.txt': 'text', '.conf': 'text' },
    logLevel: 'silent',
    tsconfigRaw: {},
  } satisfies BuildOptions;
}

async function loadEsbuild(): Promise<typeof import('esbuild')> {
  try {
    return await import('esbuild');
  } catch {
    throw new CliError(EXIT.tool, 'esbuild is not installed', "run `npm ci` in macveil's own folder");
  }
}

function notBundled(entry: string, { errors }: BuildFailure): CliError {
  const lines = errors.map(
    ({ location, text }) => `${location?.file ?? entry}:${location?.line ?? 0}: ${text}`,
  );
  return new CliError(
    EXIT.input,
    `${entry} cannot be bundled\n${lines.join('\n')}`,
    'correct the lines named above',
  );
}
