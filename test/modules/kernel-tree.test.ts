import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import { blockedNames, formatBlocklist } from '../../src/modules/blocklist.ts';
import { type Analysis, analyseRoot, type KernelAnalysis } from '../../src/modules/enumerate.ts';
import { moduleName } from '../../src/modules/module-facts.ts';
import { skipTest } from '../skip.ts';

const root = process.env.MACVEIL_TEST_ROOT ?? demoRoot();
const reason = whyNot();

/** Drivers of QEMU's network cards and some that were missed by other methods; all are in any Debian kernel. */
const MUST_BLOCK = [
  'e1000',
  'e1000e',
  'virtio_net',
  'vmxnet3',
  '8139cp',
  'r8169',
  'iwlwifi',
  'iwlmvm',
  'cfg80211',
  'mac80211',
];
const MUST_BLOCK_ODD = [
  'firewire_net',
  'ib_ipoib',
  'mptlan',
  'thunderbolt_net',
  'bnep',
  'usb_f_ecm',
  'hv_netvsc',
];
const MUST_PASS = [
  'ext4',
  'usbcore',
  'virtio_blk',
  'libphy',
  'realtek',
  'tun',
  'bridge',
  'veth',
  'mlx5_ib',
  'dvb_core',
];
/** Below the 170 direct importers of the smallest Debian amd64 kernel seen, a reader that sees little would hide. */
const FEWEST_CHOKE = 170;

if (reason !== null) {
  skipTest(test, 'a real kernel tree', reason);
  test.run();
} else {
  testKernels(await analyseRoot(root));
}

/** The Debian root of the demo image, whose name ends in the hash of its recipe. */
function demoRoot(): string {
  const folder = join(process.cwd(), '.cache/image');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return join(folder, names.find((name) => name.startsWith('root-')) ?? 'root');
}

function testKernels(analysis: Analysis): void {
  const { kernels } = analysis;
  const real = suite('a real kernel tree');
  const blocked = new Set(blockedNames(analysis));

  real('is read whole, without a problem', () => {
    for (const { problems } of kernels) assert.equal(problems, []);
  });

  real('has as many modules that make interfaces as kernels have', () => {
    for (const { creators } of kernels)
      assert.ok(creators.choke.size >= FEWEST_CHOKE, `${creators.choke.size}`);
  });

  real('has every driver blocked that must be', () => {
    assert.equal(
      [...MUST_BLOCK, ...MUST_BLOCK_ODD].filter((name) => !blocked.has(name)),
      [],
    );
  });

  real('has nothing blocked that an image needs', () => {
    assert.equal(
      MUST_PASS.filter((name) => blocked.has(name)),
      [],
    );
  });

  real('is closed by its list: modprobe inserts no blocked module by name, alias or dependency', () => {
    assert.equal(inserted(kernels, formatBlocklist(analysis)), []);
  });

  real('is seen open without the list, so that the test above means something', () => {
    assert.equal(inserted(kernels, ''), [...blocked].sort());
  });

  real('lets r8169 in when its soft dependency is not hidden', () => {
    const without = formatBlocklist(analysis).replace(/^softdep .*\n/gm, '');
    assert.equal(inserted(kernels, without), ['r8169']);
  });

  real.run();
}

/** The blocked modules that modprobe would insert under this list when asked for every module and every alias. */
function inserted(kernels: KernelAnalysis[], list: string): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-conf-'));
  try {
    mkdirSync(join(directory, 'conf'));
    writeFileSync(join(directory, 'conf/list.conf'), list);
    const names = new Set(kernels.flatMap((kernel) => wouldInsert(kernel, join(directory, 'conf'))));
    return [...names].sort();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function wouldInsert(kernel: KernelAnalysis, configuration: string): string[] {
  const blocked = new Set(kernel.modules.filter((module) => module.blocked).map(({ path }) => path));
  const aliases = kernel.facts
    .filter(({ path }) => blocked.has(path))
    .flatMap((facts) => facts.aliases.map(example));
  const questions = [...kernel.facts.map(({ name }) => name), ...aliases];
  const options = ['-S', kernel.release, '-d', root, '-C', configuration, '-n', '-v', '-a'];
  const found: string[] = [];
  // In portions: one command line does not hold all questions.
  for (let at = 0; at < questions.length; at += 500) {
    const { stdout } = spawnSync('modprobe', [...options, ...questions.slice(at, at + 500)], {
      encoding: 'utf8',
    });
    for (const [, path = ''] of stdout.matchAll(/^insmod (\S+)/gm)) found.push(path);
  }
  return found.filter((path) => blocked.has(path.split(`/${kernel.release}/`)[1] ?? '')).map(moduleName);
}

/** A device that fits the alias: `*` fits itself, of a set the first character. */
function example(alias: string): string {
  return alias.replace(/\[(.)[^\]]*\]/g, '$1');
}

function whyNot(): string | null {
  if (!existsSync(join(root, 'usr/lib/modules'))) {
    return `${root} is not there; set MACVEIL_TEST_ROOT, or make the demo image with npm run demo`;
  }
  try {
    execFileSync('modprobe', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'modprobe is not installed (Debian: kmod)';
  }
}
