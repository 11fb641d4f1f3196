import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scratch, writeFiles } from './fixture.ts';

const MODULE = 'hooks/dracut/usr/lib/dracut/modules.d/50macveil';
const UNIT = '/usr/lib/systemd/system/macveil-early.service';
const LIST = '/usr/lib/modprobe.d/macveil-blocklist.conf';
const MANIFEST = '/usr/lib/macveil/manifest.json';
const FILES = [
  '/usr/lib/macveil/macveil-hook',
  '/usr/lib/udev/rules.d/10-macveil.rules',
  LIST,
  MANIFEST,
  UNIT,
];

/**
 * dracut's functions for its modules (dracut.modules(7)), over a root in $top. inst_simple claims success for what is empty,
 * and copies nothing then.
 */
const DRACUT = `
  initdir=$2 systemdsystemunitdir=/usr/lib/systemd/system moddir=$1 SYSTEMCTL="echo systemctl"
  instmods() { echo "instmods hostonly='$hostonly' $*"; }
  inst_hook() { echo "inst_hook $1 $2 \${3##*/}"; }
  inst_simple() { [[ -e $top$1 ]] || return 1; mkdir -p "$initdir\${1%/*}"; cp "$top$1" "$initdir$1"; echo "inst $1"; }
  dfatal() { echo "fatal: $*"; }
  dwarn() { echo "warning: $*"; }
  dracut_module_included() { [[ $1 == "$included" ]]; }
`;

/** Installs the module as dracut does, in a root without some files; `list=` and the like are as in the module. */
function install(included: string, missing: string[] = [], empty: string[] = []) {
  const directory = scratch();
  const files = FILES.filter((path) => !missing.includes(path));
  const entries = files.map((path) => [`root${path}`, empty.includes(path) ? '' : 'content']);
  writeFiles(directory, Object.fromEntries(entries));
  // The list and the manifest are looked for in the root that dracut runs in.
  const script = `top=$3 included=$4; ${DRACUT}
    eval "$(sed "s|-e \\$list|-e $top\\$list|; s|-e /usr|-e $top/usr|" "$1/module-setup.sh")"
    check && echo "included"; echo "needs $(depends)"; hostonly=yes; installkernel; install`;
  const words = [MODULE, `${directory}/initramfs`, `${directory}/root`, included];
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return { told: stdout.trim().split('\n'), status };
}

const COMMON = [
  'included',
  'needs udev-rules',
  "instmods hostonly='' sch_fq_codel nf_tables crc32c_generic",
  'inst /usr/lib/macveil/macveil-hook',
  'inst /usr/lib/udev/rules.d/10-macveil.rules',
  `inst ${LIST}`,
];

test('the module of dracut starts the hook by a unit where systemd is, and takes kernel modules this machine does not use', () => {
  const { told, status } = install('systemd');
  assert.is(status, 0);
  assert.equal(told.slice(0, -1), [...COMMON, `inst ${UNIT}`]);
  assert.match(
    told.at(-1) ?? '',
    /^systemctl -q --root \S+ add-wants sysinit\.target macveil-early\.service$/,
  );
});

test('the module of dracut starts the hook first of all in the command line stage where systemd is not', () => {
  assert.equal(install('nothing'), { told: [...COMMON, 'inst_hook cmdline 00 macveil-early.sh'], status: 0 });
});

for (const path of FILES.filter((file) => file !== MANIFEST)) {
  test(`the module of dracut makes no initramfs without ${path}, or with an empty one`, () => {
    for (const { told, status } of [install('systemd', [path]), install('systemd', [], [path])]) {
      assert.is(status, 1);
      assert.is(
        told.at(-1),
        `fatal: macveil: ${path} is missing or cannot be installed; run: macveil install`,
      );
    }
  });
}

test('the module of dracut warns where the list is still to be made', () => {
  const { told, status } = install('systemd', [LIST, MANIFEST]);
  assert.is(status, 0);
  assert.match(told.join('\n'), /warning: macveil: no blocklist was made yet/);
});

test.run();
