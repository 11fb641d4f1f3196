import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { classify } from '../../src/modules/classify.ts';
import { findCreators } from '../../src/modules/creators.ts';
import type { ModuleFacts } from '../../src/modules/module-facts.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';
import { makeFacts } from './make-facts.ts';

const register = ['register_netdev'];

for (const alias of [
  'pci:v*',
  'usb:v*',
  'virtio:d1v*',
  'xen:vif',
  'of:N*T*Cx',
  'acpi*:X:*',
  'tbsvc:k*',
  'vmbus:x',
  'sdio:c*',
]) {
  test(`a creator with the alias ${alias} is hardware`, () => {
    assert.is(classOf([makeFacts('card', { imports: register, aliases: [alias] })], 'card'), 'hardware');
  });
}

test('a module that makes no interface has no class, whatever its alias', () => {
  assert.is(classOf([makeFacts('sound', { aliases: ['pci:v*'] })], 'sound'), undefined);
});

test('a module that cannot be read is unreadable', () => {
  assert.is(classOf([makeFacts('bad', { problem: 'truncated' })], 'bad'), 'unreadable');
});

test('a creator that programs ask for by kind is virtual', () => {
  const bridge = makeFacts('bridge', { imports: register, aliases: ['rtnl-link-bridge'] });
  assert.is(classOf([bridge], 'bridge'), 'virtual');
});

test('what a driver of hardware builds on is a library, also through another', () => {
  const modules = [
    makeFacts('stack', { imports: register, exports: ['stack_add'] }),
    makeFacts('chip', { imports: ['stack_add'], exports: ['chip_add'] }),
    makeFacts('card', { imports: ['chip_add'], aliases: ['usb:v*'] }),
  ];
  assert.equal([classOf(modules, 'stack'), classOf(modules, 'chip')], ['library', 'library']);
});

test('what only virtual modules build on is no library', () => {
  const modules = [
    makeFacts('ip_tunnel', { imports: register, exports: ['tunnel_add'] }),
    makeFacts('ipip', { imports: ['tunnel_add'], aliases: ['rtnl-link-ipip'] }),
  ];
  assert.is(classOf(modules, 'ip_tunnel'), 'virtual');
});

test('a creator without alias that offers itself to a bus is a client', () => {
  const modules = [
    makeFacts('ib_ipoib', { imports: [...register, 'ib_register_client'], aliases: ['rtnl-link-ipoib'] }),
  ];
  assert.is(classOf(modules, 'ib_ipoib'), 'client');
});

test('a creator on top of a driver of hardware is a client', () => {
  const modules = [
    makeFacts('mac', { imports: register, exports: ['mac_add'] }),
    makeFacts('iwlwifi', { imports: ['mac_add'], exports: ['iwl_start'], aliases: ['pci:v*'] }),
    makeFacts('iwlmvm', { imports: ['iwl_start'] }),
  ];
  assert.is(classOf(modules, 'iwlmvm'), 'client');
});

test('a parent that makes no interface is hardware, and the creator on top of it a client', () => {
  const modules = [
    makeFacts('mlx4_core', { exports: ['mlx4_use'], aliases: ['pci:v*'] }),
    makeFacts('mlx4_en', { imports: [...register, 'mlx4_use'] }),
  ];
  assert.equal([classOf(modules, 'mlx4_core'), classOf(modules, 'mlx4_en')], ['hardware', 'client']);
});

test('a creator that finds its device itself is hardware', () => {
  assert.is(
    classOf([makeFacts('com90xx', { imports: [...register, '__request_region'] })], 'com90xx'),
    'hardware',
  );
});

test('a creator of which nothing is known is not taken for virtual', () => {
  assert.is(classOf([makeFacts('mystery', { imports: register })], 'mystery'), 'client');
});

test('a known virtual module without any sign is virtual', () => {
  assert.is(
    classOf([makeFacts('tun', { imports: register, aliases: ['devname:net/tun'] })], 'tun'),
    'virtual',
  );
});

test('a module that only uses a network card is a dependent', () => {
  const path = 'kernel/drivers/infiniband/hw/mlx5/mlx5_ib.ko';
  const modules = [
    makeFacts('mlx5_core', { imports: register, exports: ['mlx5_use'], aliases: ['pci:v*'] }),
    makeFacts('mlx5_ib', { path, imports: ['mlx5_use'], aliases: ['auxiliary:mlx5_core.rdma'] }),
  ];
  assert.is(classOf(modules, 'mlx5_ib'), 'dependent');
});

test('no path makes a mere dependent of a module that makes interfaces itself', () => {
  const path = 'kernel/drivers/infiniband/hw/hfi1/hfi1.ko';
  assert.is(
    classOf([makeFacts('hfi1', { path, imports: register, aliases: ['pci:v*'] })], 'hfi1'),
    'hardware',
  );
});

const families: [string, Partial<ModuleFacts>, string][] = [
  ['ipheth', { aliases: ['usb:v05ACp*'] }, 'tethering'],
  ['qmi_wwan', { aliases: ['usb:v1*'] }, 'wwan'],
  ['new_modem', { aliases: ['pci:v*'], imports: ['wwan_register_ops'] }, 'wwan'],
  ['usb_f_ecm', { path: 'kernel/drivers/usb/gadget/function/usb_f_ecm.ko' }, 'gadget'],
  ['bnep', { path: 'kernel/net/bluetooth/bnep/bnep.ko' }, 'bluetooth-pan'],
  ['slip', { imports: ['tty_register_ldisc'] }, 'line-discipline'],
  ['peak_pci', { imports: ['register_candev'], aliases: ['pci:v*'] }, 'can'],
  ['atusb', { imports: ['ieee802154_register_hw'], aliases: ['usb:v*'] }, 'ieee802154'],
];

for (const [name, facts, expected] of families) {
  test(`${name} is of the class ${expected}`, () => {
    const module = makeFacts(name, { ...facts, imports: [...register, ...(facts.imports ?? [])] });
    assert.is(classOf([module], name), expected);
  });
}

test('a TV receiver is media, and one that makes interfaces itself is not let through as one', () => {
  const modules = [
    makeFacts('dvb_core', { imports: register, exports: ['dvb_register_adapter'] }),
    makeFacts('tv', { imports: ['dvb_register_adapter'], aliases: ['usb:v*'] }),
    makeFacts('trojan', { imports: [...register, 'dvb_register_adapter'], aliases: ['usb:v*'] }),
  ];
  assert.equal([classOf(modules, 'dvb_core'), classOf(modules, 'tv')], ['media', 'media']);
  assert.is(classOf(modules, 'trojan'), 'hardware');
});

function classOf(modules: ModuleFacts[], name: string): string | undefined {
  const classes = classify(modules, findCreators(modules, DEFAULT_POLICY), DEFAULT_POLICY);
  return [...classes].find(([module]) => module.name === name)?.[1].class;
}

test.run();
