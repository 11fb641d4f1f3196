import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_CHOICES, type PolicyChoices } from '../../src/core/manifest.ts';
import type { Enumeration } from '../../src/modules/enumerate.ts';
import { nearNames, openBuiltins, unknownBuiltins, unknownModules } from '../../src/modules/review.ts';

test('names of modules that make no interface are known, in the spelling of modprobe', () => {
  assert.equal(unknownModules(enumeration({ allow: ['igb'], block: ['snd_hda', 'ext4', 'extt4'] })), [
    'extt4',
  ]);
});

test('a driver that is built in is open until it is accepted', () => {
  const open = (choices: Partial<PolicyChoices>) =>
    openBuiltins(enumeration(choices)).map(({ name }) => name);
  assert.equal(open({}), ['virtio_net']);
  assert.equal(open({ acceptBuiltin: ['virtio_net'] }), []);
});

test('a driver that is accepted and not built in is unknown', () => {
  assert.equal(unknownBuiltins(enumeration({ acceptBuiltin: ['virtio_net', 'netkit', 'igb'] })), ['igb']);
});

const NAMES = ['r8169', 'e1000', 'e1000e', 'iwlwifi', 'iwlmvm', 'tun', 'ext4'];
for (const [wanted, meant] of [
  ['r8619', ['r8169']],
  ['iwlwif', ['iwlwifi']],
  ['iwlwiffi', ['iwlwifi']],
  ['e1001', ['e1000', 'e1000e']],
  ['wifi', ['iwlwifi']],
  ['r8169.ko', ['r8169']],
  ['nothing', []],
  ['x', []],
] as const) {
  test(`${wanted} may have been meant to be ${meant.join(' or ') || 'nothing there is'}`, () => {
    assert.equal(nearNames(wanted, NAMES), [...meant]);
  });
}

function enumeration(choices: Partial<PolicyChoices>): Enumeration {
  const igb = { name: 'igb', path: 'kernel/igb.ko', class: 'hardware', blocked: true } as const;
  const virtio = {
    name: 'virtio_net',
    path: 'kernel/virtio_net.ko',
    class: 'hardware',
    reason: 'made up',
  } as const;
  const netkit = { name: 'netkit', path: 'kernel/netkit.ko', class: 'virtual' } as const;
  const kernel = {
    release: '6.1.0',
    modules: [{ ...igb, policy: 'default', reason: 'made up' } as const],
    problems: [],
    others: ['kernel/ext4.ko.xz', 'kernel/snd-hda.ko'],
    builtin: [{ ...virtio, alias: 'virtio:d1v*' }],
    builtinMakers: [{ ...netkit, alias: '', reason: 'made up' }],
    builtinOthers: ['fddi'],
    allowances: [],
    builtinProblem: '',
    total: 3,
  };
  return { policy: { ...NO_CHOICES, ...choices }, kernels: [kernel] };
}

test.run();
