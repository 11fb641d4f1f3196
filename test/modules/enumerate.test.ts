import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { analyseRoot, enumerateRoot } from '../../src/modules/enumerate.ts';
import { explain, formatExplanation } from '../../src/modules/explain.ts';
import { buildModule } from './build-module.ts';
import { rejection, withRoot } from './make-root.ts';

const K = 'lib/modules/6.1.0';
const card = buildModule({
  imports: ['usbnet_probe'],
  modinfo: [
    'alias=usb:v1*',
    'alias=usb:v2*',
    'alias=usb:v3*',
    'alias=usb:v4*',
    'alias=usb:v5*',
    'depends=usbnet',
  ],
});
const root = {
  [`${K}/kernel/usbnet.ko`]: buildModule({ imports: ['register_netdev'], exports: ['usbnet_probe'] }),
  [`${K}/kernel/asix.ko`]: card,
  [`${K}/kernel/ext4.ko`]: buildModule({ imports: ['register_filesystem'] }),
  [`${K}/kernel/broken.ko`]: Buffer.from('no module at all'),
};

test('a root gives a verdict on every creator, and on none else', () =>
  withRoot(root, async (directory) => {
    const { kernels } = await enumerateRoot(directory);
    assert.is(kernels[0]?.total, 4);
    assert.equal(
      Object.fromEntries((kernels[0]?.modules ?? []).map(({ name, class: kind }) => [name, kind])),
      {
        asix: 'hardware',
        broken: 'unreadable',
        usbnet: 'library',
      },
    );
  }));

test('a module that cannot be read is reported and blocked', () =>
  withRoot(root, async (directory) => {
    const { kernels } = await enumerateRoot(directory);
    assert.equal(kernels[0]?.problems, [{ path: 'kernel/broken.ko', problem: 'not an ELF file' }]);
    assert.is(kernels[0]?.modules.find(({ name }) => name === 'broken')?.blocked, true);
  }));

test('a module that must be blocked and has a name modprobe.d cannot hold is refused', () =>
  withRoot({ [`${K}/kernel/a b.ko`]: buildModule({ imports: ['register_netdev'] }) }, async (directory) => {
    const error = await rejection(enumerateRoot(directory));
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.input);
  }));

test('such a name does not matter for a module that makes no interface', () =>
  withRoot({ ...root, [`${K}/kernel/a b.ko`]: buildModule() }, async (directory) => {
    assert.is((await enumerateRoot(directory)).kernels[0]?.total, 5);
  }));

test('progress names the kernel and ends at its number of modules', () =>
  withRoot(root, async (directory) => {
    let last: unknown;
    await enumerateRoot(directory, { onProgress: (...heard) => (last = heard) });
    assert.equal(last, [4, 4, '6.1.0']);
  }));

test('an explanation goes up to the symbol of the kernel', () =>
  withRoot(root, async (directory) => {
    const [found] = explain(await analyseRoot(directory), 'asix');
    assert.equal(found?.chain, [
      'asix imports usbnet_probe of usbnet',
      'usbnet imports register_netdev of the kernel',
    ]);
  }));

test('an explanation in words counts the aliases it leaves out', () =>
  withRoot(root, async (directory) => {
    const text = explain(await analyseRoot(directory), 'asix')
      .map(formatExplanation)
      .join('');
    assert.match(text, /verdict {2}blocked/);
    assert.match(text, /class {4}hardware: drives devices of the usb bus/);
    assert.match(text, /and 1 more/);
  }));

test('a module that makes no interface is explained as such', () =>
  withRoot(root, async (directory) => {
    const [found] = explain(await analyseRoot(directory), 'ext4');
    assert.equal([found?.blocked, found?.class, found?.chain], [false, null, []]);
  }));

test('a module of no kernel has no explanation', () =>
  withRoot(root, async (directory) => {
    assert.equal(explain(await analyseRoot(directory), 'nothing'), []);
  }));

test.run();
