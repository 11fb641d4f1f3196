// Builds the example of docs/examples/mkosi as a user of mkosi does: in a Debian 13 root, unless the image that is there is
// current. Needs root.
import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_BUNDLE } from './bundle.mjs';
import { EXECUTABLE } from './executable.mjs';
import { hostMirror } from './image/mirror.mjs';
import { makeProduct } from './image/product.mjs';
import { run } from './image/run.mjs';
import { makeToolRoot, TOOL_SUITE } from './image/tool-root.mjs';
import { remove } from './image/workspace.mjs';

const CACHE = '.cache/mkosi';
const EXAMPLE = 'docs/examples/mkosi';
const ROOT = join(CACHE, 'tool');
/** mkosi, and what it recommends of which the example needs it. */
const PACKAGES = ['mkosi', 'debian-archive-keyring'];
const IN_ROOT = 'build/live-build/in-root.sh';
/** Inside the root: copy of the example, what mkosi makes of it, and where its apt takes packages from. */
const CONFIG = 'build/config';
const OUTPUT = 'build/out';
const SOURCES = 'build/sandbox/etc/apt/sources.list.d/mkosi.sources';
/** What tests boot, by its name here. */
const PARTS = { 'image.raw': 'disk.img', 'image.vmlinuz': 'vmlinuz', 'image.initrd': 'initrd.img' };

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await makeProduct(
  { name: 'mkosi', cache: CACHE, inputs: ['build/mkosi.mjs', EXAMPLE, EXECUTABLE, CLI_BUNDLE] },
  build,
);

async function build(step) {
  const mirror = await hostMirror();
  if (!existsSync(ROOT)) await step('Debian root with mkosi', () => makeToolRoot(ROOT, PACKAGES, mirror));
  await prepare(mirror);
  const options = `--sandbox-tree ../sandbox --output-directory ../out --package-cache-directory ../packages`;
  await step('mkosi build', () => inRoot(`mkosi ${options} --force build`));
  const out = join(ROOT, OUTPUT);
  for (const [made, name] of Object.entries(PARTS)) renameSync(join(out, made), join(CACHE, name));
  const check = ['check', '--root', join(out, 'base'), '--initrd', join(CACHE, 'initrd.img')];
  await step('macveil check', () => run(process.execPath, [CLI_BUNDLE, ...check]));
}

async function prepare(mirror) {
  for (const name of [CONFIG, OUTPUT]) await remove(join(ROOT, name));
  for (const name of [OUTPUT, 'build/packages', dirname(SOURCES)])
    mkdirSync(join(ROOT, name), { recursive: true });
  cpSync(EXAMPLE, join(ROOT, CONFIG), { recursive: true });
  cpSync(EXECUTABLE, join(ROOT, CONFIG, 'macveil'));
  // The one mirror that this host has; by itself mkosi would ask for Debian's archive of debug symbols too.
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const source = `Types: deb\nURIs: ${mirror}\nSuites: ${TOOL_SUITE}\nComponents: main\nSigned-By: ${keyring}\n`;
  writeFileSync(join(ROOT, SOURCES), source);
}

function inRoot(command) {
  return run('sh', [IN_ROOT, ROOT, `cd /${CONFIG} && ${command}`]);
}
