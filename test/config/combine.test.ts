import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { type ChoiceSource, combineChoices } from '../../src/config/combine.ts';
import type { PolicyClass } from '../../src/config/config.ts';
import { NO_CHOICES, type PolicyChoices } from '../../src/core/manifest.ts';
import { settableClasses } from '../../src/modules/choose.ts';
import { DEFAULT_POLICY } from '../../src/modules/policy.ts';

const config = (choices: Partial<PolicyChoices>): ChoiceSource => ({
  choices,
  nameOf: (key) => `${key} in macveil.config.ts`,
});
const typed = (choices: Partial<PolicyChoices>): ChoiceSource => ({ choices, nameOf: (key) => `--${key}` });

test('without any source nothing is changed', () => {
  assert.equal(combineChoices([]), NO_CHOICES);
});

test('lists add up, in one spelling and each name once', () => {
  const { allow, block, acceptBuiltin } = combineChoices([
    config({ allow: ['snd-hda', 'tun'], acceptBuiltin: ['virtio-net'] }),
    typed({ allow: ['tun', 'b43'], block: ['ext4'] }),
  ]);
  assert.equal([allow, block, acceptBuiltin], [['b43', 'snd_hda', 'tun'], ['ext4'], ['virtio_net']]);
});

test('strict counts wherever it stands', () => {
  assert.ok(combineChoices([config({ strict: true }), typed({ strict: false })]).strict);
  assert.ok(combineChoices([config({}), typed({ strict: true })]).strict);
});

test('of two verdicts on a class the later source holds', () => {
  const sources = [
    config({ classes: { can: 'allow', media: 'block' } }),
    typed({ classes: { can: 'block' } }),
  ];
  assert.equal(combineChoices(sources).classes, { can: 'block', media: 'block' });
});

test('a module that is allowed and blocked is refused, with both places, however it is spelt', () => {
  const error = refused([config({ allow: ['snd-hda'] }), typed({ block: ['snd_hda'] })]);
  assert.match(error.message, 'snd_hda is both allowed (allow in macveil.config.ts) and blocked (--block)');
});

test('an unknown class is refused, with the classes there are', () => {
  const error = refused([config({ classes: { wifi: 'block' } })]);
  assert.match(error.message, 'classes in macveil.config.ts: wifi is an unknown class');
  assert.match(error.hint, 'hardware, client');
});

for (const name of ['unreadable', 'chosen']) {
  test(`the class ${name} cannot be changed`, () => {
    assert.match(refused([typed({ classes: { [name]: 'allow' } })]).message, 'cannot be changed');
  });
}

test('a configuration can name every class that can be changed, and no other', () => {
  const named: Record<PolicyClass, true> = {
    'bluetooth-pan': true,
    can: true,
    client: true,
    dependent: true,
    gadget: true,
    hardware: true,
    ieee802154: true,
    library: true,
    'line-discipline': true,
    media: true,
    tethering: true,
    virtual: true,
    wwan: true,
  };
  assert.equal(settableClasses(DEFAULT_POLICY).sort(), Object.keys(named).sort());
});

function refused(sources: ChoiceSource[]): CliError {
  try {
    combineChoices(sources);
  } catch (error) {
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.usage);
    return error as CliError;
  }
  return assert.unreachable('it was taken') as never;
}

test.run();
