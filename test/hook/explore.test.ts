import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fake } from '../../src/system/fake.ts';
import { TC_ROOT } from '../../src/system/system.ts';
import { explore } from './explore/explore.ts';
import { exploreAll, faultsOf } from './explore/suite.ts';

// Over the real hook and its core, with a machine in memory: every order of what can happen, and every death of the hook.

exploreAll(0);

/** Deep enough for each of them. */
const DEPTH = 4;

/** Faults that are seeded into hook or machine, and what must be found then. */
const SEEDED: [title: string, seed: (fake: Fake) => void, fault: RegExp][] = [
  ['a hook that gives a voice before the address', speakTooEarly, /^a frame left with the real address: /],
  ['a kernel that does not mute new interfaces', neverMute, /^a frame left with the real address: /],
  ['a hook that believes what it was told', believe, /^handed over with its real address: /],
];

for (const [title, seed, fault] of SEEDED) {
  test(`the exploration finds ${title}`, () => {
    const found = faultsOf(explore({ cmdline: 'macveil=spoof', begin: ['early'], depth: DEPTH, seed }));
    assert.ok(
      found.some((text) => fault.test(text)),
      found.join('\n'),
    );
  });
}

test('the exploration finds that a kernel without guards is at the mercy of whoever sets the real address', () => {
  const begin = ['early', 'udev loads the driver', 'net-add'];
  const initial = { noGuard: true };
  const found = faultsOf(explore({ cmdline: 'macveil=spoof', begin, depth: DEPTH, initial }));
  assert.ok(found.some((text) => /^a frame left with the real address: .*by hand/.test(text)));
});

function speakTooEarly(fake: Fake): void {
  const write = fake.system.writeFile;
  fake.system.writeFile = (path, text) => {
    write(path, text);
    if (!text.includes('"state":"begun"')) return;
    const { ifindex } = JSON.parse(text);
    fake.state.machine.replaceQdisc(ifindex, { kind: 'fq_codel', parent: TC_ROOT, handle: 0 });
    for (const link of fake.state.links) link.guard = null;
  };
}

/** The attribute takes the value and shows it, and new interfaces get something else. */
function neverMute(fake: Fake): void {
  const up = fake.state.machine.setUp.bind(fake.state.machine);
  fake.state.machine.setUp = (ifindex, value) => {
    up(ifindex, value);
    const link = fake.state.links.find((one) => one.ifindex === ifindex);
    if (value && link?.qdisc === 'blackhole') link.qdisc = 'pfifo_fast';
  };
}

/** The address was not changed, and every look at the card shows what was asked for. */
function believe(fake: Fake): void {
  const asked = new Map<number, string>();
  fake.system.setAddress = (ifindex, address) => void asked.set(ifindex, address);
  const lie = <T extends { ifindex: number; address: string }>(link: T): T => ({
    ...link,
    address: asked.get(link.ifindex) ?? link.address,
  });
  const { links, link } = fake.system;
  fake.system.links = () => links().map(lie);
  fake.system.link = (ifindex) => {
    const seen = link(ifindex);
    return seen && lie(seen);
  };
}

test.run();
