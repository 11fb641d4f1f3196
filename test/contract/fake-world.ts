import { createFake, type Fake, type FakeInterface } from '../../src/system/fake.ts';
import { SystemError } from '../../src/system/system.ts';
import type { Case, Need } from './case.ts';
import { CASES } from './suite.ts';
import { LINKS, WORLD } from './world.ts';

/** What the fake has none of: real processes, changes that come by themselves, a kernel log to read, privileges to lack. */
const LACKS: Need[] = ['processes', 'waiting', 'kernel-log', 'no-privilege'];

/** The cases that the fake can be held to. */
export function casesOfFake(): Case[] {
  return CASES.filter((one) => !one.needs?.some((need) => LACKS.includes(need)));
}

/** The world of world.ts in memory. */
export function fakeWorld(): Fake {
  const fake = createFake({ interfaces: interfaces(), directories: [WORLD.directory, WORLD.full] });
  const { files } = fake.state.machine;
  files.put(`${WORLD.full}/kept`, 'old');
  files.limits.set(WORLD.full, 16 * 1024);
  files.addLink(WORLD.danglingLink, 'nowhere/at-all');
  files.addLink(WORLD.directoryLink, '/run');
  files.addLink(WORLD.defaultQdisc, '/proc/sys/net/core/default_qdisc');
  files.put(WORLD.attribute, numberAttribute());
  files.put('/proc/cmdline', { read: () => 'quiet\n' });
  return fake;
}

function interfaces(): FakeInterface[] {
  const tap = (name: string) => ({ name, kind: 'tun', address: '02:00:00:00:00:01' });
  const veth = (name: string) => ({ ...tap(name), kind: 'veth', queueless: true });
  const single = [
    LINKS.untouched,
    LINKS.address,
    LINKS.upDown,
    LINKS.rootQdisc,
    LINKS.mute,
    LINKS.guard,
    LINKS.guardSecond,
  ];
  return [
    // The first interface after lo: its ifindex is 2.
    { ...tap(LINKS.bridge), kind: 'bridge', queueless: true },
    { ...tap(LINKS.member), master: 2 },
    ...single.map(tap),
    { ...tap(LINKS.queues), txQueues: 256 },
    { ...tap(LINKS.kernelQueues), txQueues: 256 },
    { name: LINKS.tun, kind: 'tun', type: 65534 },
    veth(LINKS.veth),
    ...Array.from({ length: WORLD.bulk }, (_, number) => veth(`bulk${number}`)),
  ];
}

function numberAttribute() {
  let value = 64;
  const write = (text: string) => {
    const wanted = Number(text);
    if (!(wanted >= 1 && wanted <= 255)) throw new SystemError(`write ${WORLD.attribute}`, 'EINVAL');
    value = wanted;
  };
  return { read: () => `${value}\n`, write };
}
