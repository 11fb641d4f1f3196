import assert from 'node:assert/strict';
import { listedKernels, type Manifest, NO_CHOICES, parseManifest } from '../../src/core/manifest.ts';
import { unlistedFindings } from '../../src/core/unlisted.ts';
import { parseBuiltinInfo, parseBuiltinPaths } from '../../src/modules/builtin/parse.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';
import { OF_TEXT } from './mutate-text.ts';
import type { Target } from './target.ts';

const PATHS = [
  'kernel/drivers/net/loopback.ko',
  'kernel/drivers/net/ethernet/intel/e1000/e1000.ko',
  'kernel/lib/crc7.ko',
];
const MODINFO = [
  'e1000.alias=pci:v00008086d00001000*',
  'e1000.alias=pci:v00008086d00001001*',
  'e1000.file=drivers/net/ethernet/intel/e1000/e1000',
  'e1000.parm=debug:Debug level (int)',
  'crc7.license=GPL',
];
const MANIFEST: Manifest = {
  version: 1,
  policy: { ...NO_CHOICES, allow: ['tun'], classes: { can: 'allow' } },
  kernels: [
    {
      release: '6.12.1-amd64',
      modules: [{ name: 'e1000', path: 'kernel/e1000.ko', class: 'hardware', blocked: true }],
      others: ['kernel/crc7.ko.xz', 'kernel/ext4.ko'],
      builtin: [{ name: 'loopback', path: 'kernel/loopback.ko', class: 'virtual' }],
    },
    { release: '6.1.0-50-amd64', modules: [], others: [], builtin: [] },
  ],
};
const DEP = 'kernel/e1000.ko: kernel/ptp.ko kernel/pps.ko\nkernel/crc7.ko.xz:\nkernel/new.ko.xz:\n';

/** modules.builtin, one path a line. */
const builtinPaths: Target = {
  name: 'modules.builtin',
  weight: 2,
  corpus: [Buffer.from(`${PATHS.join('\n')}\n`)],
  mutations: OF_TEXT,
  run: (input) => {
    const { value, problem } = parseBuiltinPaths(input.toString('latin1'));
    for (const path of value) assert.match(path, /\.ko$/);
    if (value.length === 0) assert.ok(problem !== '' || !/\S/.test(input.toString('latin1')));
  },
};

/** modules.builtin.modinfo, entries ended by NUL. */
const builtinInfo: Target = {
  name: 'modules.builtin.modinfo',
  weight: 2,
  corpus: [Buffer.from(MODINFO.map((entry) => `${entry}\0`).join(''))],
  mutations: OF_TEXT,
  run: (input) => {
    const { value } = parseBuiltinInfo(input.toString('latin1'), DEFAULT_POLICY.buses);
    for (const [name, { alias, file }] of value)
      assert.ok([name, alias, file].every((text) => typeof text === 'string'));
  },
};

/** modules.dep, as the boot side compares it with the manifest. */
const dependencies: Target = {
  name: 'modules.dep',
  weight: 2,
  corpus: [Buffer.from(DEP)],
  mutations: OF_TEXT,
  run: (input) => {
    for (const { text } of unlistedFindings(MANIFEST.kernels, '6.12.1-amd64', input.toString('utf8')))
      assert.ok(text);
  },
};

/** The manifest: read back, it is the very value that was written, or nothing. */
const manifest: Target = {
  name: 'manifest',
  weight: 2,
  corpus: [Buffer.from(`${JSON.stringify(MANIFEST, null, 1)}\n`), Buffer.from(JSON.stringify(MANIFEST))],
  mutations: OF_TEXT,
  run: (input) => {
    const text = input.toString('utf8');
    const parsed = parseManifest(text);
    const listed = listedKernels(text);
    // The quick look of the boot side takes whatever the exact one takes, and may take more.
    assert.ok(parsed === null || listed !== null);
    for (const { release } of listed ?? []) unlistedFindings(listed ?? [], release, DEP);
  },
};

/** The texts that stand beside modules, and macveil's own. */
export const INDEX_TARGETS: readonly Target[] = [builtinPaths, builtinInfo, dependencies, manifest];
