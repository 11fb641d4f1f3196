import type { ListedKernel } from './manifest.ts';
import type { Finding } from './report.ts';

/** Modules a finding names before it only counts the rest: a report is read on a small screen. */
const NAMED = 3;
const CURE = 'run "macveil install" for this system again, or build the image anew';
const PACKED = /\.(gz|xz|zst)$/;

/**
 * What the list does not cover: a kernel the manifest does not know, or modules that came after it was made. `dep` is
 * the text of modules.dep: only what stands there can be loaded by name or alias (depmod(8)).
 */
export function unlistedFindings(kernels: ListedKernel[], release: string, dep: string): Finding[] {
  const kernel = kernels.find((one) => one.release === release);
  if (kernel === undefined) {
    const text = `the list was not made for this kernel (${release}), whose other modules may load at any time; ${CURE}`;
    return [{ rule: 'unlisted-kernel', text }];
  }
  const paths = unlistedModules(kernel, dep);
  if (paths.length === 0) return [];
  const text = `${count(paths.length)} after the list was made and may load at any time (${shorten(paths)}); ${CURE}`;
  return [{ rule: 'unlisted-module', text }];
}

/** Paths in modules.dep that no list of the manifest has; packed or unpacked, a module is the same. */
function unlistedModules({ modules, others }: ListedKernel, dep: string): string[] {
  const listed = new Set(others);
  for (const { path } of modules) listed.add(path);
  const strange = pathsOf(dep).filter((path) => !listed.has(path));
  if (strange.length === 0) return [];
  const unpacked = new Set([...listed].map((path) => withoutPacking(String(path))));
  return strange.filter((path) => !unpacked.has(withoutPacking(path)));
}

/** Each line is `PATH: DEPENDENCIES`. */
function pathsOf(dep: string): string[] {
  const paths: string[] = [];
  for (const line of dep.split('\n')) {
    const end = line.indexOf(':');
    if (end > 0) paths.push(line.slice(0, end));
  }
  return paths;
}

function withoutPacking(path: string): string {
  return path.replace(PACKED, '');
}

function count(modules: number): string {
  return modules === 1 ? '1 kernel module came' : `${modules} kernel modules came`;
}

function shorten(paths: string[]): string {
  const names = paths.slice(0, NAMED).map((path) => withoutPacking(path.slice(path.lastIndexOf('/') + 1)));
  const rest = paths.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
