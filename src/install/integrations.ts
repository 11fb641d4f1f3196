import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import type { Entry } from './entry.ts';
import { HOOK_LINKS } from './hook-links.ts';
import { locate } from './root.ts';

/** One folder below hooks/: it mirrors where its files go, and is used when the root has any of the paths. */
export interface Integration {
  name: string;
  presentWhen: string[];
  /** True when it starts the hook in the initramfs, which is the only place where blocked drivers may be unblocked. */
  boots: boolean;
  /** Names of the integrations whose files its own ones use. */
  needs: string[];
}

/** What tells an initrd from a root (os-release(5)). */
const INITRD_RELEASE = '/etc/initrd-release';
/** What has its place in an initrd; the rest works in the root that it starts. */
const OF_INITRD_TREES = ['initrd-tree', 'systemd-initrd', 'udev', 'kmod'];

/** Every integration; a folder below hooks/ without a line here is a mistake that a test finds. */
export const INTEGRATIONS: readonly Integration[] = [
  // By its program: udev, kmod and dmsetup put files into /usr/share/initramfs-tools wherever they are installed.
  { name: 'initramfs-tools', presentWhen: ['/usr/sbin/mkinitramfs'], boots: true, needs: ['udev'] },
  { name: 'dracut', presentWhen: ['/usr/bin/dracut'], boots: true, needs: ['udev', 'systemd-initrd'] },
  {
    name: 'mkinitcpio',
    presentWhen: ['/usr/bin/mkinitcpio'],
    boots: true,
    needs: ['udev', 'systemd-initrd'],
  },
  // An initrd that is a root of its own, as mkosi makes them: the unit is enabled in it.
  {
    name: 'initrd-tree',
    presentWhen: [INITRD_RELEASE],
    boots: true,
    needs: ['udev', 'systemd-initrd', 'systemd'],
  },
  // A unit of initramfs that run systemd; the other integrations put it there.
  {
    name: 'systemd-initrd',
    presentWhen: ['/usr/bin/dracut', '/usr/bin/mkinitcpio', INITRD_RELEASE],
    boots: false,
    needs: [],
  },
  { name: 'udev', presentWhen: ['/usr/lib/udev'], boots: false, needs: [] },
  { name: 'kmod', presentWhen: ['/usr/bin/kmod', '/bin/kmod'], boots: false, needs: [] },
  { name: 'systemd', presentWhen: ['/usr/lib/systemd/system'], boots: false, needs: [] },
  { name: 'iwd', presentWhen: ['/usr/libexec/iwd', '/usr/lib/iwd'], boots: false, needs: [] },
  // Keeps the list whole when kernels or modules are installed later; it boots nothing.
  { name: 'dpkg', presentWhen: ['/usr/bin/dpkg'], boots: false, needs: [] },
  // Makes boot entries whenever update-grub runs; it boots nothing by itself.
  { name: 'grub', presentWhen: ['/usr/sbin/grub-mkconfig'], boots: false, needs: [] },
  {
    name: 'network-manager',
    presentWhen: ['/usr/lib/NetworkManager', '/usr/sbin/NetworkManager'],
    boots: false,
    needs: [],
  },
];

/** The integrations that fit this root; a root in which nothing would ever unblock the network is refused. */
export function fittingIntegrations(root: string): Integration[] {
  const fitting = INTEGRATIONS.filter(({ presentWhen }) => presentWhen.some((path) => present(root, path)));
  if (!fitting.some(({ boots }) => boots)) throw noInitramfs(root);
  refuseIncomplete(root, fitting);
  return isInitrdTree(root) ? fitting.filter(({ name }) => OF_INITRD_TREES.includes(name)) : fitting;
}

/** Whether a root is an initrd in itself. */
export function isInitrdTree(root: string): boolean {
  return present(root, INITRD_RELEASE);
}

function noInitramfs(root: string): CliError {
  const wanted = INTEGRATIONS.filter(({ boots }) => boots).flatMap(({ presentWhen }) => presentWhen);
  const hint =
    'install initramfs-tools, dracut or mkinitcpio in it; with the drivers blocked and no hook in the initramfs it would never have a network';
  return new CliError(
    EXIT.input,
    `${root} has no initramfs system that macveil knows (looked for ${wanted.join(', ')})`,
    hint,
  );
}

function refuseIncomplete(root: string, fitting: Integration[]): void {
  const names = fitting.map(({ name }) => name);
  for (const { name, needs } of fitting) {
    const missing = needs.filter((needed) => !names.includes(needed));
    if (missing.length === 0) continue;
    const what = `${root} has ${name} without ${missing.join(', ')}, which it needs to unblock the network`;
    throw new CliError(EXIT.input, what, `install ${missing.join(', ')} in it, then run this command again`);
  }
}

/** The files and links of one integration, its lost links too; files beside its folders (notes) stay where they are. */
export function integrationEntries(
  hooksDir: string,
  { name }: Pick<Integration, 'name'>,
  links: Record<string, string> = HOOK_LINKS,
): Entry[] {
  const top = join(hooksDir, name);
  const found = statSync(top, { throwIfNoEntry: false }) ? readdirSync(top, { withFileTypes: true }) : [];
  const folders = found.filter((entry) => entry.isDirectory());
  const entries = folders.flatMap((folder) => entriesBelow(join(top, folder.name), `/${folder.name}`));
  const paths = new Set(entries.map(({ path }) => path));
  const lost = linkEntries(name, links).filter(({ path }) => !paths.has(path));
  return [...entries, ...lost].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function linkEntries(name: string, links: Record<string, string>): Entry[] {
  const own = Object.entries(links).filter(([path]) => path.startsWith(`${name}/`));
  return own.map(([path, target]) => ({ path: path.slice(name.length), target }));
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
