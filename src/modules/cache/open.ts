import { ModuleCache } from './cache.ts';
import { cacheDirectory } from './directory.ts';

/** The cache of this user, null when there can be none; `warn` hears one line when a directory is there and not to be trusted. */
export function openCache(environment: NodeJS.ProcessEnv, warn: (line: string) => void): ModuleCache | null {
  const found = cacheDirectory(environment);
  if (found === null) return null;
  if ('path' in found) return new ModuleCache(found.path);
  warn(found.refused);
  return null;
}
