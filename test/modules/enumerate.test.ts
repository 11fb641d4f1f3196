import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { NO_CHOICES, type PolicyChoices } from '../../src/core/manifest.ts';
import { type Analysis, analyseRoot, enumerateRoot } from '../../src/modules/enumerate.ts';
import { explain } from '../../src/modules/explain.ts';
import { formatExplanation } from '../../src/modules/format-explanation.ts';
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
const nlmon = buildModule({ imports: ['rtnl_link_register'], modinfo: ['alias=rtnl-link-nlmon'] });
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

test('an explanation names registering symbols, and exports with those who use them', () =>
  withRoot(root, async (directory) => {
    const [found] = explain(await analyseRoot(directory), 'usbnet');
    assert.equal(found?.registers, ['register_netdev']);
    assert.equal(found?.exports, [{ symbol: 'usbnet_probe', users: ['asix'] }]);
  }));

test('a module that is allowed waits on the blocked ones it needs', () =>
  withRoot(root, async (directory) => {
    const choices = { ...NO_CHOICES, allow: ['asix'] };
    const [found] = explain(await analyseRoot(directory, { choices }), 'asix');
    assert.equal([found?.blocked, found?.policy, found?.waitsFor], [false, 'allow', ['usbnet']]);
  }));

const POLICIES: [string, string, Partial<PolicyChoices>, RegExp][] = [
  ['its class', 'asix', {}, /policy {3}blocked by default, as its class is/],
  ['strict', 'nlmon', { strict: true }, /policy {3}blocked by strict, because it imports rtnl_link_register/],
  ['its name', 'ext4', { block: ['ext4'] }, /policy {3}blocked by choice, by its name/],
  ['its class by choice', 'asix', { classes: { hardware: 'allow' } }, /allowed by choice, as its class is/],
  ['having no class', 'ext4', {}, /policy {3}allowed by default, having no class/],
];

for (const [what, module, choices, expected] of POLICIES) {
  test(`an explanation says that ${what} decided`, () =>
    withRoot({ ...root, [`${K}/kernel/nlmon.ko`]: nlmon }, async (directory) => {
      const analysis = await analyseRoot(directory, { choices: { ...NO_CHOICES, ...choices } });
      assert.match(explain(analysis, module).map(formatExplanation).join(''), expected);
    }));
}

test('an explanation of a module that is not blocked says what would block it', () =>
  withRoot({ ...root, [`${K}/kernel/nlmon.ko`]: nlmon }, async (directory) => {
    const text = (module: string, found: Analysis) => explain(found, module).map(formatExplanation).join('');
    const found = await analyseRoot(directory);
    assert.match(text('nlmon', found), /to block --strict, --class virtual=block, --block nlmon/);
    assert.match(text('ext4', found), /to block --block ext4/);
    assert.not.match(text('asix', found), 'to block');
  }));

test('choices are recorded in their written form', () =>
  withRoot(root, async (directory) => {
    const { policy } = await enumerateRoot(directory, {
      choices: { ...NO_CHOICES, block: ['us-b', 'ext4'] },
    });
    assert.equal(policy.block, ['ext4', 'us_b']);
  }));

test('a module that is blocked by name alone has the class chosen, and is none of the others', () =>
  withRoot(root, async (directory) => {
    const { kernels } = await enumerateRoot(directory, { choices: { ...NO_CHOICES, block: ['ext4'] } });
    const found = kernels[0]?.modules.find(({ name }) => name === 'ext4');
    assert.equal([found?.class, found?.blocked, found?.policy], ['chosen', true, 'block']);
    assert.equal(kernels[0]?.others, []);
  }));

test('a module of no kernel has no explanation', () =>
  withRoot(root, async (directory) => {
    assert.equal(explain(await analyseRoot(directory), 'nothing'), []);
  }));

test.run();
