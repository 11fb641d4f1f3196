import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CliError, EXIT } from '../cli/errors.ts';
import { bundleConfig } from './bundle.ts';
import type { MacveilConfig } from './config.ts';
import { evaluate } from './evaluate.ts';
import { requireConfig } from './find.ts';
import type { Evaluation, Unlinked } from './isolated.ts';
import { parseConfig } from './schema.ts';

/** Loads a configuration and checks it; throws a CliError for one that is missing, cannot be read or says something wrong. */
export async function loadConfig(path: string): Promise<MacveilConfig> {
  const file = resolve(path);
  requireConfig(file, 'check the path given with --config');
  const { value } = await evaluateConfig(file);
  if (value !== undefined) return parseConfig(value.default, file);
  const hint = 'write: export default defineConfig({ ... })';
  throw new CliError(EXIT.usage, `${file} has no default export`, hint);
}

async function evaluateConfig(file: string): Promise<Evaluation> {
  const asItIs = extname(file).endsWith('ts') ? null : await evaluate(file, pathToFileURL(file).href);
  if (asItIs !== null && !('unlinked' in asItIs)) return asItIs;
  const code = await bundleConfig(file);
  if (code === null) throw needsBundling(file, asItIs);
  const bundled = await evaluate(file, `data:text/javascript,${encodeURIComponent(code)}`);
  if ('unlinked' in bundled) throw failed(file, bundled);
  return bundled;
}

function needsBundling(file: string, asItIs: Unlinked | null): CliError {
  if (asItIs !== null && !asItIs.isMissing) return failed(file, asItIs);
  const why = asItIs === null ? '' : ` (${asItIs.unlinked})`;
  const way = asItIs === null ? 'write the configuration as macveil.config.mjs' : 'leave out that import';
  const hint = `run \`npm ci\` in macveil's own folder, or ${way}`;
  return new CliError(EXIT.tool, `esbuild is not installed, and ${file} needs it${why}`, hint);
}

function failed(file: string, { unlinked }: Unlinked): CliError {
  return new CliError(EXIT.input, `${file} cannot be loaded: ${unlinked}`, 'correct the configuration');
}
