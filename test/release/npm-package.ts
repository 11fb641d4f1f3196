import { execaSync } from 'execa';

/** A file as npm packs it. */
export interface PackedFile {
  path: string;
  size: number;
  mode: number;
}

/** What npm says of a package. */
export interface NpmPackage {
  filename: string;
  size: number;
  unpackedSize: number;
  files: PackedFile[];
}

/** What `npm pack` would pack of the files that are there now; nothing is built and nothing written. */
export function packDry(): NpmPackage {
  const { stdout } = execaSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  return JSON.parse(stdout)[0];
}

/** What is wrong with a list of files: those that no pattern allows, and patterns that nothing fits. */
export function strayFiles(paths: string[], patterns: string[]): string[] {
  const whole = patterns.map((pattern) => new RegExp(`^${pattern}$`));
  const stray = paths.filter((path) => !whole.some((pattern) => pattern.test(path)));
  const unused = patterns.filter((_, index) => !paths.some((path) => whole[index]?.test(path)));
  return [...stray.map((path) => `stray: ${path}`), ...unused.map((pattern) => `missing: ${pattern}`)];
}
