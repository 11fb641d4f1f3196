import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scratch, writeFiles } from './fixture.ts';

const TOP = 'hooks/mkinitcpio';
const DROP_IN = `${TOP}/etc/mkinitcpio.conf.d/zz-macveil.conf`;

/** The hooks after macveil's drop-in was read behind this configuration. */
function hooksAfter(config: string): string {
  const { stdout } = spawnSync('bash', ['-c', `${config}; . ${DROP_IN}; echo "\${#HOOKS[@]}: \${HOOKS[*]}"`]);
  return stdout.toString().trim();
}

for (const [title, config, hooks] of [
  ['after base', 'HOOKS=(base udev modconf)', '4: base macveil udev modconf'],
  ['in hooks that are one string', 'HOOKS="base udev"', '3: base macveil udev'],
  ['first, where there is no base', 'HOOKS=(systemd modconf)', '3: macveil systemd modconf'],
  ['once', 'HOOKS=(base udev macveil)', '3: base udev macveil'],
] as const) {
  test(`the drop-in for mkinitcpio puts macveil ${title}`, () => {
    assert.is(hooksAfter(config), hooks);
  });
}

/** Sources the install file as mkinitcpio does, in a root where `missing` is not there, with functions that only tell. */
function build(image: Record<string, string>, missing = 'nothing') {
  const directory = scratch();
  writeFiles(directory, image);
  const script = `BUILDROOT=$1
    for name in binary file module symlink runscript; do eval "add_$name() { echo $name \\"\\$@\\"; }"; done
    error() { echo "error: $1"; return 1; }
    eval "$(sed 's|-s \\$file|$file != *${missing}*|' ${TOP}/usr/lib/initcpio/install/macveil)"
    build; echo "returned $?"`;
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', directory], { encoding: 'utf8' });
  return { told: stdout.trim().split('\n'), status };
}

test('the install file for mkinitcpio adds the hook, what it needs, and both ways to start it', () => {
  const units = '/usr/lib/systemd/system';
  assert.equal(build({}).told, [
    'binary /usr/lib/macveil/macveil-hook',
    'file /usr/lib/modprobe.d/macveil-blocklist.conf',
    'file /usr/lib/udev/rules.d/10-macveil.rules',
    `file ${units}/macveil-early.service`,
    'module sch_fq_codel',
    'module nf_tables',
    'module crc32c_generic?',
    `symlink ${units}/sysinit.target.wants/macveil-early.service ${units}/macveil-early.service`,
    'runscript',
    'returned 0',
  ]);
});

test('the install file for mkinitcpio refuses to stand after udev', () => {
  const { told } = build({ [join('hooks', 'udev')]: '' });
  assert.not.ok(told.includes('runscript'));
  assert.match(told.join('\n'), /error: macveil stands after udev.*\nreturned 1$/s);
});

for (const file of ['macveil-hook', 'macveil-blocklist.conf', '10-macveil.rules', 'macveil-early.service']) {
  test(`the install file for mkinitcpio makes no image without ${file}`, () => {
    const { told, status } = build({}, file);
    assert.is(status, 1);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', new RegExp(`error: macveil: /.*${file} is missing`));
  });
}

test.run();
