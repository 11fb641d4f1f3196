import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { installFindings } from '../../src/check/install-commands.ts';
import type { ConfigLine } from '../../src/check/modprobe-config.ts';

const BLOCKED = new Set(['e1000', 'snd_net']);

const DANGEROUS: [string, string, RegExp][] = [
  ['foo', '/sbin/modprobe e1000', /names e1000, which is blocked/],
  ['foo', '/sbin/modprobe a && /sbin/modprobe snd-net;', /names snd_net/],
  ['foo', '/sbin/modprobe --ignore-install $WHAT', /modprobe --ignore-install/],
  ['foo', '/sbin/modprobe --ignore-inst "$1"', /modprobe --ignore-install/],
  ['foo', 'sh -c "/sbin/modprobe -qi $(cat /etc/card)"', /modprobe --ignore-install/],
  ['foo', '/sbin/modprobe -ai foo $MORE', /modprobe --ignore-install/],
  ['foo', '/sbin/modprobe -i e1000', /names e1000/],
  ['foo', '/sbin/modprobe -C /dev/null bar', /another configuration/],
  ['foo', '/sbin/modprobe -q -C/dev/null bar', /another configuration/],
  ['foo', '/sbin/modprobe --config=/dev/null bar', /another configuration/],
  ['foo', '/sbin/modprobe --dirn /opt bar', /another configuration/],
  ['foo', '/sbin/modprobe -d /opt bar', /another configuration/],
  ['foo', 'MODPROBE_OPTIONS="-C /x" /sbin/modprobe bar', /MODPROBE_OPTIONS/],
  ['e1*', '/sbin/modprobe --ignore-install e1000e', /is run for e1000/],
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
  ['foo', 'grep -d skip x /etc/conf; /sbin/modprobe -q bar'],
  ['foo', '/sbin/modprobe --ignore-install foo $CMDLINE_OPTS && { /sbin/modprobe -q bar ; : ; }'],
  ['nvidia', 'modprobe -i nvidia-current $CMDLINE_OPTS'],
  ['foo', '/sbin/modprobe -D bar'],
  ['e1000', '/bin/false'],
];

for (const [name, command] of HARMLESS) {
  test(`install ${name} ${command} is nothing to say`, () => {
    assert.equal(installFindings([install(name, command)], BLOCKED), []);
  });
}

test("a command for a blocked module that comes after macveil's own is never run", () => {
  const ours = { ...install('e1000', '/bin/false'), ours: true };
  const card = '/sbin/modprobe --ignore-install e1000 && /usr/libexec/set-up';
  assert.equal(installFindings([ours, install('e1000', card)], BLOCKED), []);
  // The control: the same line is run, and said, where it comes first.
  assert.is(installFindings([install('e1000', card), ours], BLOCKED).length, 1);
});

function install(name: string, rest: string): ConfigLine {
  return { keyword: 'install', name, rest, place: '/etc/modprobe.d/a.conf:1', ours: false };
}

test.run();
