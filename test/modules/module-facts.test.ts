import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FormatError } from '../../src/modules/byte-view.ts';
import { moduleFacts, moduleName, readModule } from '../../src/modules/module-facts.ts';
import { buildModule, type ModuleRecipe } from './build-module.ts';

const recipe: ModuleRecipe = {
  imports: ['register_netdev', 'printk'],
  exports: ['usbnet_probe', 'usbnet_open'],
  modinfo: [
    'license=GPL',
    'alias=pci:v00008086d*',
    'alias=usb:v1*',
    'softdep=pre: realtek',
    'depends=mii,usb-core',
  ],
};

for (const wide of [true, false]) {
  for (const little of [true, false]) {
    test(`a ${wide ? 64 : 32}-bit ${little ? 'little' : 'big'}-endian module is read whole`, () => {
      assert.equal(readModule(buildModule({ ...recipe, wide, little })), {
        imports: ['register_netdev', 'printk'],
        exports: ['usbnet_probe', 'usbnet_open'],
        aliases: ['pci:v00008086d*', 'usb:v1*'],
        softdeps: ['pre: realtek'],
        depends: ['mii', 'usb_core'],
      });
    });
  }
}

for (const exportsIn of ['symbols', 'strings'] as const) {
  test(`exports are found when only their ${exportsIn} are there`, () => {
    assert.equal(readModule(buildModule({ exports: ['a', 'b'], exportsIn })).exports, ['a', 'b']);
  });
}

test('a module cut off anywhere is a problem and nothing else', () => {
  const whole = buildModule(recipe);
  for (let size = 0; size < whole.length; size++) {
    assert.not.equal(moduleFacts('kernel/x.ko', whole.subarray(0, size)).problem, '', `cut at ${size}`);
  }
});

test('no single changed byte makes the reader fail in any way but the one it declares', () => {
  const whole = buildModule(recipe);
  for (let at = 0; at < whole.length; at++) {
    for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
      const changed = Buffer.from(whole);
      changed[at] = value;
      assert.type(moduleFacts('kernel/x.ko', changed).problem, 'string');
    }
  }
});

const problems: [string, Buffer, RegExp][] = [
  ['an empty file', Buffer.alloc(0), /not an ELF file/],
  ['a text', Buffer.from('this is not a kernel module'), /not an ELF file/],
  ['an unknown width', patched(4, 3), /class 3/],
  ['an unknown byte order', patched(5, 9), /byte order 9/],
  ['an executable', patched(16, 2), /not a relocatable/],
  ['a file without section table', patchedWord(0x28, 0), /no section table/],
  ['a section table beyond the end', patchedWord(0x28, 0x7fffffff), /truncated/],
  ['a module without .modinfo', buildModule({ modinfo: null }), /no \.modinfo/],
];

for (const [what, bytes, message] of problems) {
  test(`${what} is told from a module`, () => {
    const thrown = caught(() => readModule(bytes));
    assert.instance(thrown, FormatError);
    assert.match((thrown as Error).message, message);
  });
}

test('a name longer than any symbol of the kernel is a problem', () => {
  assert.match(moduleFacts('x.ko', buildModule({ imports: ['x'.repeat(5000)] })).problem, /does not end/);
});

test('more symbols than any module has are a problem', () => {
  const imports = Array.from({ length: 70_000 }, (_, i) => `s${i}`);
  assert.match(moduleFacts('x.ko', buildModule({ imports })).problem, /more symbols/);
  assert.match(
    moduleFacts('x.ko', buildModule({ exports: imports, exportsIn: 'strings' })).problem,
    /more symbols/,
  );
});

test('a problem names the file and claims nothing about it', () => {
  const facts = moduleFacts('updates/dkms/r8125.ko.xz', Buffer.from('x'));
  assert.is(facts.name, 'r8125');
  assert.equal([...facts.imports, ...facts.exports, ...facts.aliases], []);
});

test('names are as modprobe has them: up to the first dot, with underscores', () => {
  assert.is(moduleName('kernel/drivers/net/xen-netfront.ko.xz'), 'xen_netfront');
  assert.is(moduleName('snd-hda-intel'), 'snd_hda_intel');
});

function patched(at: number, value: number): Buffer {
  const bytes = buildModule(recipe);
  bytes[at] = value;
  return bytes;
}

function patchedWord(at: number, value: number): Buffer {
  const bytes = buildModule(recipe);
  bytes.writeBigUInt64LE(BigInt(value), at);
  return bytes;
}

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.run();
