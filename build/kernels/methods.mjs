// How others choose the modules of network cards; each method gives names from a kernel's tree, by its own tools.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DRACUT_INSTALL } from './dracut.mjs';
import { kernelTree } from './kernel-tree.mjs';
import { capture } from './program.mjs';
import { releaseOf } from './tree.mjs';

/** Symbols of the kernel packages of Fedora and its relatives for their list modules.networking (kernel.spec). */
const PACKAGING_SYMBOLS =
  /^\.?(register_netdev|ieee80211_register_hw|usbnet_probe|phy_driver_register|rt(l_|2x00)(pci|usb)_probe|register_netdevice)$/;
/** What dracut 059 and 106 choose in kernel-network-modules: by symbol outside these folders, by folder, and by name. */
const DRACUT = {
  symbols: 'eth_type_trans|register_virtio_device|usbnet_open',
  unwanted: '.*/(wireless|isdn|uwb|net/ethernet|net/phy|net/team)/.*',
  folders: ['mdio', 'phy', 'team', 'ethernet'].map((name) => `=drivers/net/${name}`),
  names: 'ecb arc4 bridge stp llc ipv6 bonding 8021q ipvlan macvlan af_packet virtio_net xennet'.split(' '),
};

/** Each method: what it is called, and the names of the modules it chooses. */
export const METHODS = [
  { name: 'directory', choose: chooseByDirectory },
  { name: 'nm pattern', choose: chooseByPattern },
  { name: 'dracut', choose: chooseByDracut },
];

/** All of drivers/net, and of staging what names a module of net/ as its first dependency. */
async function chooseByDirectory(root) {
  const files = await moduleFiles(root);
  const folderOf = new Map(files.map((path) => [nameOf(path), path]));
  const staging = files.filter((path) => path.startsWith('kernel/drivers/staging/'));
  const chosen = files.filter((path) => path.startsWith('kernel/drivers/net/'));
  for (const path of staging) {
    const depends = await capture('modinfo', ['-F', 'depends', join(modulesOf(root), path)]);
    const first = nameOf(depends.trim().split(',')[0]);
    if (folderOf.get(first)?.startsWith('kernel/net/')) chosen.push(path);
  }
  return new Set(chosen.map(nameOf));
}

/** What takes one of the symbols, of everything with /drivers/ in its path. */
async function chooseByPattern(root) {
  const lines = (await capture('sh', ['build/kernels/undefined.sh', root])).split('\n');
  const chosen = lines.map((line) => line.split(' ')).filter(([, symbol]) => PACKAGING_SYMBOLS.test(symbol));
  return new Set(
    chosen
      .map(([path]) => path)
      .filter((path) => path.includes('/drivers/'))
      .map(nameOf),
  );
}

/** What dracut's own program copies, with everything that needs; firmware is of no interest here. */
async function chooseByDracut(root) {
  const program = join(await kernelTree('dracut'), DRACUT_INSTALL);
  const work = mkdtempSync(join(tmpdir(), 'macveil-dracut-'));
  try {
    for (const name of ['firmware', 'out']) mkdirSync(join(work, name));
    const places = ['-D', join(work, 'out'), '--firmwaredirs', join(work, 'firmware')];
    const common = [...places, '--kerneldir', modulesOf(root), '-m', '-o'];
    const { unwanted, symbols, folders, names } = DRACUT;
    await capture(program, [...common, '-P', unwanted, '-s', symbols, '=drivers/net']);
    await capture(program, [...common, ...folders, ...names]);
    const copied = readdirSync(join(work, 'out'), { recursive: true });
    return new Set(copied.filter(isModule).map(nameOf));
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function moduleFiles(root) {
  return readdirSync(modulesOf(root), { recursive: true }).filter(isModule);
}

function modulesOf(root) {
  return join(root, 'usr/lib/modules', releaseOf(root));
}

function isModule(path) {
  return /\.ko(\.xz)?$/.test(path);
}

function nameOf(path) {
  return basename(path).split('.')[0].replaceAll('-', '_');
}
