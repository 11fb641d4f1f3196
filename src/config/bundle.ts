import { basename } from 'node:path';
import type { BuildFailure, Plugin } from 'esbuild';
import { CliError, EXIT } from '../cli/errors.ts';

/** What a configuration gets from `macveil`: the same as src/config/config.ts, also where no such package is installed. */
const OWN_PACKAGE = 'export const defineConfig = (config) => config;';

/** A configuration with all it imports as one module; null when esbuild is not installed. Throws a CliError with the line. */
export async function bundleConfig(file: string): Promise<string | null> {
  const esbuild = await import('esbuild').catch(() => null);
  if (esbuild === null) return null;
  const result = await esbuild
    .build({
      entryPoints: [file],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      target: `node${process.versions.node}`,
      plugins: [ownPackage],
      logLevel: 'silent',
      // A tsconfig.json of the project must not change what a configuration means.
      tsconfigRaw: {},
    })
    .catch((error: BuildFailure) => {
      throw notBundled(file, error);
    });
  return result.outputFiles[0]?.text ?? '';
}

const ownPackage: Plugin = {
  name: 'macveil',
  setup(build) {
    build.onResolve({ filter: /^macveil$/ }, ({ path }) => ({ path, namespace: 'macveil' }));
    build.onLoad({ filter: /./, namespace: 'macveil' }, () => ({ contents: OWN_PACKAGE }));
  },
};

function notBundled(file: string, { errors }: BuildFailure): CliError {
  const lines = errors.map(
    ({ location, text }) => `${location?.file ?? file}:${location?.line ?? 0}: ${text}`,
  );
  const hint = `correct ${basename(file)} where it is named above`;
  return new CliError(EXIT.input, `${file} cannot be read\n${lines.join('\n')}`, hint);
}
