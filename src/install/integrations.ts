import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import type { Entry } from './entry.ts';
import { locate } from './root.ts';

/** One folder below hooks/: it mirrors where its files go, and is used when the root has any of the paths. */
export interface Integration {
  name: string;
  presentWhen: string[];
  /** True when it starts the hook in the initramfs, which is the only place where blocked drivers may be unblocked. */
  boots: boolean;
}

/** Every integration; a folder below hooks/ without a line here is a mistake that a test finds. */
export const INTEGRATIONS: readonly Integration[] = [
  { name: 'initramfs-tools', presentWhen: ['/usr/share/initramfs-tools'], boots: true },
  { name: 'udev', presentWhen: ['/usr/lib/udev'], boots: false },
  { name: 'systemd', presentWhen: ['/usr/lib/systemd/system'], boots: false },
  {
    name: 'network-manager',
    presentWhen: ['/usr/lib/NetworkManager', '/usr/sbin/NetworkManager'],
    boots: false,
  },
];

/** The integrations that fit this root; a root in which nothing would ever unblock the network is refused. */
export function fittingIntegrations(root: string): Integration[] {
  const fitting = INTEGRATIONS.filter(({ presentWhen }) => presentWhen.some((path) => present(root, path)));
  if (fitting.some(({ boots }) => boots)) return fitting;
  const wanted = INTEGRATIONS.filter(({ boots }) => boots).flatMap(({ presentWhen }) => presentWhen);
  const hint =
    'install initramfs-tools in it; with the drivers blocked and no hook in the initramfs it would never have a network';
  throw new CliError(
    EXIT.input,
    `${root} has no initramfs system that macveil knows (looked for ${wanted.join(', ')})`,
    hint,
  );
}

/** The files and links of one integration; files beside its folders (notes) stay where they are. */
export function integrationEntries(hooksDir: string, { name }: Integration): Entry[] {
  const top = join(hooksDir, name);
  if (!statSync(top, { throwIfNoEntry: false })) return [];
  const folders = readdirSync(top, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap((folder) => entriesBelow(join(top, folder.name), `/${folder.name}`));
}

function entriesBelow(source: string, path: string): Entry[] {
  return readdirSync(source, { withFileTypes: true }).flatMap((entry): Entry[] => {
    const from = join(source, entry.name);
    const to = join(path, entry.name);
    if (entry.isDirectory()) return entriesBelow(from, to);
    return [entry.isSymbolicLink() ? { path: to, target: readlinkSync(from) } : fileEntry(from, to)];
  });
}

// The mode follows from the content: what a checkout or a copy does to mode bits must not reach the image.
function fileEntry(from: string, path: string): Entry {
  const content = readFileSync(from);
  return { path, mode: content.subarray(0, 2).toString('latin1') === '#!' ? 0o755 : 0o644, content };
}

function present(root: string, path: string): boolean {
  return lstatSync(locate(root, path), { throwIfNoEntry: false }) !== undefined;
}
