import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { firmwareArguments } from '../../src/prove/boot-menu.ts';
import { makeNics, NIC_MODELS } from '../../src/prove/nics.ts';
import { directBoot, kernelCommandLine, menuBoot, qemuArguments } from '../../src/prove/qemu-arguments.ts';
import type { Scenario } from '../../src/prove/scenario.ts';

const NICS = makeNics();
const FILES = {
  ...{ console: '/e/console.log', consoleSocket: '/s/console', agentSocket: '/s/agent', qmpSocket: '/s/qmp' },
  capture: ({ index }: { index: number }) => `/e,v/${index}.pcap`,
};
const BOOT = { kernel: '/k', initrd: '/i', image: '/im,age.iso' };
const scenario = (rest: Partial<Scenario>): Scenario => ({
  ...{ name: 'n', boot: 'initramfs', cmdline: 'macveil=spoof', steps: [] },
  ...rest,
});
const argumentsFor = (mode: Scenario['boot']) =>
  qemuArguments(directBoot(BOOT, 'words', mode), mode, 'tcg', NICS, FILES);

test('an initramfs boot stops before the root is mounted', () => {
  assert.match(kernelCommandLine(scenario({}), ''), /\bbreak=premount\b.*\bmacveil=spoof$/);
});

test('pauses are break points too', () => {
  const pauses: Scenario['pauses'] = [{ at: 'top', steps: [] }];
  assert.match(kernelCommandLine(scenario({ pauses }), ''), /\bbreak=top,premount\b/);
});

test('a live boot starts the agent and no getty on the console', () => {
  const line = kernelCommandLine(scenario({ boot: 'live' }), 'more=words');
  assert.match(line, /\bboot=live systemd\.wants=\S+ systemd\.mask=serial-getty@ttyS0\.service\b/);
  assert.match(line, / more=words$/);
  assert.not.match(line, /break=/);
});

test('every card has its address, a network without a way out, and a capture', () => {
  const joined = argumentsFor('live').join(' ');
  for (const { index, address } of NICS) {
    assert.ok(joined.includes(`netdev=net${index},mac=${address}`));
    assert.ok(joined.includes(`user,id=net${index},restrict=on`));
    assert.ok(joined.includes(`filter-dump,id=dump${index},netdev=net${index}`));
  }
});

test('the image is never writable, and commas in paths are QEMU-escaped', () => {
  const drive = argumentsFor('live').find((argument) => argument.includes('id=medium'));
  assert.match(drive ?? '', /readonly=on,file=\/im,,age\.iso$/);
  assert.ok(argumentsFor('live').some((argument) => argument.endsWith('file=/e,,v/0.pcap')));
});

test('an initramfs boot is given no disk', () => {
  assert.not.ok(argumentsFor('initramfs').some((argument) => argument.includes('medium')));
});

test('no card keeps a boot ROM that could speak by itself', () => {
  const cards = argumentsFor('live').filter(
    (argument) => argument.includes(',mac=') && argument.includes('addr='),
  );
  assert.ok(cards.length > 0);
  for (const card of cards) assert.ok(card.includes(',romfile=,'), card);
});

test('a card that starts unplugged has its network, its capture and its USB controller, and is not there', () => {
  const usb = NIC_MODELS.findIndex(({ bus }) => bus === 'usb');
  const nics = makeNics(NIC_MODELS, { unplugged: [0, usb] });
  const joined = qemuArguments(directBoot(BOOT, 'words', 'initramfs'), 'initramfs', 'tcg', nics, FILES).join(
    ' ',
  );
  for (const index of [0, usb]) {
    assert.ok(joined.includes(`id=net${index},`) && joined.includes(`id=dump${index},`));
    assert.not.ok(joined.includes(`id=nic${index},`));
  }
  assert.ok(joined.includes(`piix3-usb-uhci,id=usb${usb},`));
  assert.ok(joined.includes('id=nic1,'));
});

test('a boot by menu has firmware, a screen and a CD, and nothing of ours that the boot loader would not give', () => {
  const args = menuBoot('/im,age.iso', 'cd', ['FIRMWARE']).join(' ');
  assert.match(args, /^FIRMWARE -vga std -drive if=none,id=medium,media=cdrom,.*file=\/im,,age\.iso /);
  assert.match(args, 'ide-cd,drive=medium,bootindex=0');
  assert.not.match(args, /-kernel|-append|-initrd/);
  assert.is(args.match(/systemd\.(extra-unit|unit-dropin)\./g)?.length, 2);
});

test('a disk is the first that firmware starts, as a CD is', () => {
  const args = menuBoot('/im,age.img', 'disk', ['FIRMWARE']).join(' ');
  assert.match(
    args,
    /^FIRMWARE -vga std -drive if=none,id=medium,format=raw,readonly=on,file=\/im,,age\.img /,
  );
  assert.match(args, /virtio-blk-pci,drive=medium,addr=[^ ]*bootindex=0/);
});

test('SeaBIOS comes with QEMU', () => {
  assert.equal(firmwareArguments('bios', '/nowhere'), []);
});

test.run();
