import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CliError, EXIT } from '../cli/errors.ts';
import { bundleConfig } from './bundle.ts';
import type { MacveilConfig } from './config.ts';
import { CONFIG_ENDINGS } from './find.ts';
import { parseConfig } from './schema.ts';

/** Loads a configuration and checks it; throws a CliError for one that is missing, cannot be read or says something wrong. */
export async function loadConfig(path: string): Promise<MacveilConfig> {
  const file = resolve(path);
  requireConfig(file);
  const module = await importConfig(file);
  if (Object.hasOwn(module, 'default')) return parseConfig(module.default, file);
  const hint = 'write: export default defineConfig({ ... })';
  throw new CliError(EXIT.usage, `${file} has no default export`, hint);
}

type Exports = Record<string, unknown>;

function requireConfig(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new CliError(EXIT.input, `${file}: no such file`, 'check the path given with --config');
  if (CONFIG_ENDINGS.includes(extname(file))) return;
  const hint = `name a file that ends in ${CONFIG_ENDINGS.join(', ')}`;
  throw new CliError(EXIT.input, `${file} is no configuration by its name`, hint);
}

async function importConfig(file: string): Promise<Exports> {
  const asItIs = extname(file).endsWith('ts') ? null : await importJavaScript(file);
  if (asItIs !== null && !(asItIs instanceof Error)) return asItIs;
  const code = await bundleConfig(file);
  if (code !== null) return evaluate(file, `data:text/javascript,${encodeURIComponent(code)}`);
  if (asItIs !== null) throw failed(file, asItIs);
  const hint = "run `npm ci` in macveil's own folder, or write the configuration as macveil.config.mjs";
  throw new CliError(EXIT.tool, `esbuild is not installed, and ${file} needs it`, hint);
}

/** The module, or the error of one that Node cannot take as it stands and esbuild may: then nothing of it has run. */
async function importJavaScript(file: string): Promise<Exports | Error> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError || isUnresolved(error)) return error as Error;
    throw failed(file, error);
  }
}

async function evaluate(file: string, url: string): Promise<Exports> {
  try {
    return await import(url);
  } catch (error) {
    throw failed(file, error);
  }
}

/** `macveil` itself, where it is not installed, or a file that Node has no loader for. */
function isUnresolved(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNKNOWN_FILE_EXTENSION';
}

function failed(file: string, error: unknown): CliError {
  const why = error instanceof Error ? error.message : String(error);
  return new CliError(EXIT.input, `${file} cannot be loaded: ${why}`, 'correct the configuration');
}
