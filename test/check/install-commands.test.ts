import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { installFindings } from '../../src/check/install-commands.ts';
import type { ConfigLine } from '../../src/check/modprobe-config.ts';

const BLOCKED = new Set(['e1000', 'snd_net']);

const DANGEROUS: [string, string, RegExp][] = [
  ['foo', '/sbin/modprobe e1000', /names e1000, which is blocked/],
  ['foo', '/sbin/modprobe a && /sbin/modprobe snd-net;', /names snd_net/],
  ['foo', '/sbin/modprobe --ignore-install foo', /modprobe --ignore-install/],
  ['foo', '/sbin/modprobe -qi foo $CMDLINE_OPTS', /modprobe --ignore-install/],
  ['foo', '/sbin/insmod /lib/x.ko', /insmod/],
  ['e1000', '/usr/local/bin/load', /is run for e1000/],
  ['e1*', '/usr/local/bin/load', /is run for e1000/],
];

for (const [name, command, what] of DANGEROUS) {
  test(`install ${name} ${command} is found`, () => {
    const [finding] = installFindings([install(name, command)], BLOCKED);
    assert.match(finding?.what ?? '', what);
    assert.is(finding?.where, '/etc/modprobe.d/a.conf:1');
  });
}

const HARMLESS: [string, string][] = [
  ['foo', '/bin/true'],
  ['foo', '/sbin/modprobe bar'],
  ['foo', 'grep -i x /proc/modules'],
  ['e1000', '/bin/false'],
];

for (const [name, command] of HARMLESS) {
  test(`install ${name} ${command} is nothing to say`, () => {
    assert.equal(installFindings([install(name, command)], BLOCKED), []);
  });
}

test("a command for a blocked module that comes after macveil's own is never run", () => {
  const ours = { ...install('e1000', '/bin/false'), ours: true };
  assert.equal(installFindings([ours, install('e1000', '/usr/local/bin/load')], BLOCKED), []);
});

function install(name: string, rest: string): ConfigLine {
  return { keyword: 'install', name, rest, place: '/etc/modprobe.d/a.conf:1', ours: false };
}

test.run();
