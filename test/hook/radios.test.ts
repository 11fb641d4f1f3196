import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { SystemError } from '../../src/system/system.ts';
import { boot, coldplug, eth0, hook, REAL, rules, wired } from './machine.ts';

const RADIO = wired({ wireless: true, queueless: true });

/** modprobe has just loaded rfkill, and no radio is there yet. */
function ready(cmdline = '') {
  const fake = boot(cmdline, { interfaces: [RADIO] });
  hook(fake, 'early');
  hook(fake, 'radios');
  return fake;
}

const bringUp = (fake: ReturnType<typeof ready>) => {
  try {
    fake.system.setUp(2, true);
    return 'up';
  } catch (error) {
    return (error as SystemError).code;
  }
};

test('a radio is born blocked, so that nobody can bring it up before it is verified', () => {
  const fake = ready();
  fake.state.machine.load('e1000');
  assert.is(bringUp(fake), 'ERFKILL');
});

test('a verified radio is not blocked any more', () => {
  const fake = ready();
  coldplug(fake);
  assert.equal([bringUp(fake), eth0(fake)?.address === REAL, rules(fake)], ['up', false, []]);
});

test('the next radio is born blocked all the same', () => {
  const fake = ready();
  coldplug(fake);
  fake.system.run('modprobe', ['-r', 'e1000'], 1000);
  fake.state.machine.load('e1000');
  assert.is(eth0(fake)?.radio.blocked, true);
});

test('a radio that somebody blocks later is not unblocked by a second look', () => {
  const fake = ready();
  coldplug(fake);
  const block = eth0(fake)?.radio;
  if (block) block.blocked = true;
  hook(fake, 'verify');
  assert.is(eth0(fake)?.radio.blocked, true);
});

test('a held radio is blocked', () => {
  const fake = boot('macveil=ask', { interfaces: [RADIO] });
  hook(fake, 'early');
  fake.state.machine.load('e1000');
  hook(fake, 'net-add', '2');
  assert.is(bringUp(fake), 'ERFKILL');
});

test('a radio whose block cannot be taken away is put away, with the reason', () => {
  const fake = ready();
  const path = '/sys/class/net/eth0/phy80211/rfkill2/soft';
  fake.faults.push({ call: 'writeAttribute', path, effect: 'lie' });
  coldplug(fake);
  assert.ok(rules(fake).includes('radio'));
});

test('the switch of a laptop that stands for no radio is opened with the first verified one', () => {
  const fake = ready();
  const { files } = fake.state.machine;
  files.put('/sys/class/rfkill/rfkill9/type', 'wlan\n');
  files.put('/sys/class/rfkill/rfkill9/soft', '1\n');
  files.put('/sys/class/rfkill/rfkill8/type', 'bluetooth\n');
  files.put('/sys/class/rfkill/rfkill8/soft', '1\n');
  coldplug(fake);
  const soft = [9, 8].map((number) => fake.system.readFile(`/sys/class/rfkill/rfkill${number}/soft`).trim());
  assert.equal(soft, ['0', '1']);
});

test('rfkill that refuses costs no wired card its network', () => {
  const fake = boot('', { interfaces: [wired()], files: { '/dev/rfkill': '' } });
  fake.faults.push({ call: 'writeAttribute', path: '/dev/rfkill', effect: 'throw', code: 'EIO' });
  assert.is(hook(fake, 'early'), 0);
});

test.run();
