import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DECISION } from '../../src/paths.ts';
import type { Call } from '../../src/system/fake.ts';
import { type Change, SystemError } from '../../src/system/system.ts';
import { boot, coldplug, eth0, HOOK_EXIT, hook, REAL, rules, wired } from './machine.ts';

const RADIO = wired({ wireless: true, queueless: true });
const PHY = '/sys/class/ieee80211/phy0';
const P2P = { wdev: 2, radio: 0, ifindex: 0, address: REAL };

/** A radio that is verified, and what a network manager has made on it since. */
function running(cmdline = '', made: Partial<typeof P2P> = {}, onWait?: () => Change) {
  const fake = boot(cmdline, {
    interfaces: [RADIO],
    ...(onWait ? { onWait } : {}),
    files: { [`${PHY}/index`]: '0\n', [`${PHY}/macaddress`]: `${REAL}\n`, [`${PHY}/rfkill2/soft`]: '0\n' },
  });
  hook(fake, 'early');
  hook(fake, 'radios');
  coldplug(fake);
  fake.state.machine.wirelessDevices.push({ ...P2P, ...made });
  return fake;
}

const left = ({ state }: ReturnType<typeof running>) => state.machine.wirelessDevices.length;
const status = (fake: ReturnType<typeof running>) => {
  const exit = hook(fake, 'status');
  return { exit, told: fake.state.stdout.includes('[wireless-device]') };
};

test('a Wi-Fi Direct device of the real address is removed, and the log says so', () => {
  const fake = running();
  assert.is(hook(fake, 'verify'), HOOK_EXIT.ok);
  assert.is(left(fake), 0);
  assert.ok(fake.state.log.some(({ text }) => text.includes('with the real address of phy0')));
});

test('status tells of one and leaves it', () => {
  const fake = running();
  assert.equal([status(fake), left(fake)], [{ exit: HOOK_EXIT.findings, told: true }, 1]);
});

test('one that cannot be removed is reported, and its radio blocked', () => {
  const fake = running();
  fake.faults.push({ call: 'removeWirelessDevice', effect: 'throw', code: 'EOPNOTSUPP' });
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.is(fake.system.readFile(`${PHY}/rfkill2/soft`), '1');
});

test('one whose removal is pretended is treated alike', () => {
  const fake = running();
  fake.faults.push({ call: 'removeWirelessDevice', effect: 'lie' });
  assert.is(hook(fake, 'verify'), HOOK_EXIT.findings);
  assert.is(fake.system.readFile(`${PHY}/rfkill2/soft`), '1');
});

for (const [what, cmdline, made] of [
  ['of an address of its own', '', { address: '5a:9d:6a:b9:6c:5f' }],
  ['that is an interface', '', { ifindex: 2 }],
  ['under keep', 'macveil=keep', {}],
] as const) {
  test(`a wireless device ${what} stays`, () => {
    const fake = running(cmdline, made);
    hook(fake, 'verify');
    assert.equal([left(fake), status(fake).told], [1, false]);
  });
}

/** The order in which a call to remove one and the end of the radio's block came. */
function orderOfOpening(fake: ReturnType<typeof running>): string[] {
  const opens = ({ call, args }: Call) =>
    call === 'writeAttribute' && /rfkill\d+\/soft$/.test(String(args[0]));
  return fake.calls
    .filter((one) => one.call === 'removeWirelessDevice' || opens(one))
    .map(({ call }) => call);
}

/** A radio that was held under ask, on which something was made, and whose event comes first after the decision. */
function decided() {
  const fake = running('macveil=ask');
  fake.state.machine.load('e1000');
  hook(fake, 'net-add', '2');
  fake.system.writeFile(DECISION, '{"decision":"spoof","source":"later","reason":""}');
  fake.calls.length = 0;
  return fake;
}

test('one that was made on a blocked radio is gone before the radio may send', () => {
  const fake = decided();
  hook(fake, 'net-add', '2');
  assert.equal(orderOfOpening(fake).slice(0, 2), ['removeWirelessDevice', 'writeAttribute']);
});

for (const effect of ['throw', 'lie'] as const) {
  test(`a radio on which one stays is put away: its removal ${effect === 'lie' ? 'pretended' : 'refused'}`, () => {
    const fake = decided();
    fake.faults.push({ call: 'removeWirelessDevice', effect, code: 'EOPNOTSUPP' });
    hook(fake, 'net-add', '2');
    assert.is(eth0(fake), undefined);
    assert.ok(rules(fake).includes('wireless-device'));
  });
}

test('the watch removes it when cfg80211 tells of it', () => {
  const made: number[] = [];
  const changes: Change[] = ['begun', 'radios'];
  const fake = running('', {}, () => {
    const { wirelessDevices } = fake.state.machine;
    const change = changes.shift();
    if (change === 'radios') wirelessDevices.push(P2P);
    made.push(wirelessDevices.length);
    if (!change) throw new SystemError('wait for changes', 'EBADF');
    return change;
  });
  hook(fake, 'watch');
  assert.equal(made, [1, 1, 0]);
});

test.run();
