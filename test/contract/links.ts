import type { Link } from '../../src/core/link.ts';
import { type System, TC_ROOT } from '../../src/system/system.ts';
import { equal, ok, refused } from './assert.ts';
import type { Case } from './case.ts';
import { LINKS, WORLD } from './world.ts';

/** What every interface is seen with, and the changes to one. */
export const linkCases: Case[] = [
  {
    title: 'interfaces come in ifindex order, the loopback first',
    run(system) {
      const indexes = system.links().map((link) => link.ifindex);
      equal(
        indexes,
        [...indexes].sort((a, b) => a - b),
        'order',
      );
      const { name, type } = linkOf(system, 'lo');
      equal({ name, type, first: indexes[0] }, { name: 'lo', type: 772, first: 1 }, 'loopback');
    },
  },
  {
    title: 'an untouched interface is seen with all its facts',
    run(system) {
      const { ifindex, address, ...facts } = linkOf(system, LINKS.untouched);
      const known = { permanentAddress: '', kind: 'tun', qdisc: 'noop', txQueues: 1, txPackets: 0 };
      const wanted = { name: LINKS.untouched, type: 1, up: false, master: 0, ...known };
      equal(sorted(facts), sorted(wanted), 'facts');
      ok(ifindex > 1 && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(address), `ifindex ${ifindex}, ${address}`);
    },
  },
  {
    title: 'an interface without a hardware address has an empty one',
    run: (system) => equal(linkOf(system, LINKS.tun).address, '', 'address'),
  },
  {
    title: 'a part of a bridge has the ifindex of the bridge as its master',
    run(system) {
      const { ifindex, master } = linkOf(system, LINKS.bridge);
      equal(
        [linkOf(system, LINKS.member).master, master],
        [ifindex, 0],
        'masters of the part and of the bridge',
      );
    },
  },
  {
    title: 'one interface is seen as in the list of all, and one that is not there is not',
    run(system) {
      const inList = linkOf(system, LINKS.member);
      const single = system.link(inList.ifindex);
      equal(sorted(single ?? {}), sorted(inList), 'facts');
      equal(system.link(WORLD.absent) === undefined, true, 'absent');
    },
  },
  {
    title: 'a list of hundreds of interfaces is complete and has each once',
    run(system) {
      const names = system.links().map((link) => link.name);
      const wanted = Array.from({ length: WORLD.bulk }, (_, number) => `bulk${number}`);
      equal(
        wanted.filter((name) => !names.includes(name)),
        [],
        'missing',
      );
      equal(new Set(names).size, names.length, 'number of different names');
    },
  },
  {
    title: 'a set address is read back from the kernel, from rtnetlink and from sysfs',
    run(system) {
      const { ifindex } = linkOf(system, LINKS.address);
      system.setAddress(ifindex, '02:aa:BB:cc:dd:ee');
      equal(linkOf(system, LINKS.address).address, '02:aa:bb:cc:dd:ee', 'rtnetlink');
      const attribute = (name: string) => system.readFile(`/sys/class/net/${LINKS.address}/${name}`);
      equal([attribute('address'), attribute('addr_assign_type')], ['02:aa:bb:cc:dd:ee\n', '3\n'], 'sysfs');
    },
  },
  {
    title: 'a multicast address is refused with EADDRNOTAVAIL and changes nothing',
    run: (system) => addressRefused(system, LINKS.address, '03:00:00:00:00:01', 'EADDRNOTAVAIL'),
  },
  {
    title: 'the zero address is refused with EADDRNOTAVAIL and changes nothing',
    run: (system) => addressRefused(system, LINKS.address, '00:00:00:00:00:00', 'EADDRNOTAVAIL'),
  },
  {
    title: 'an address that is too short is refused with EINVAL and changes nothing',
    run: (system) => addressRefused(system, LINKS.address, '02:00', 'EINVAL'),
  },
  {
    title: 'text that is no address is refused with EINVAL and changes nothing',
    run: (system) => addressRefused(system, LINKS.address, '02:00:00:00:00:zz', 'EINVAL'),
  },
  {
    title: 'a device without hardware addresses refuses one with EOPNOTSUPP',
    run: (system) => addressRefused(system, LINKS.tun, '02:00:00:00:00:01', 'EOPNOTSUPP'),
  },
  {
    title: 'a call for an interface that is not there is ENODEV',
    run(system) {
      refused('ENODEV', () => system.setAddress(WORLD.absent, '02:00:00:00:00:01'));
      refused('ENODEV', () => system.setUp(WORLD.absent, true));
      const qdisc = { kind: 'pfifo_fast', parent: TC_ROOT, handle: 0 };
      refused('ENODEV', () => system.replaceQdisc(WORLD.absent, qdisc));
      refused('ENODEV', () => system.qdiscs(WORLD.absent));
    },
  },
  {
    title: 'an interface goes up and down',
    run(system) {
      const { ifindex } = linkOf(system, LINKS.upDown);
      system.setUp(ifindex, true);
      equal(linkOf(system, LINKS.upDown).up, true, 'after up');
      system.setUp(ifindex, false);
      equal(linkOf(system, LINKS.upDown).up, false, 'after down');
    },
  },
  {
    title: 'changes without the privilege are refused with EPERM',
    needs: ['no-privilege'],
    run(system) {
      const { ifindex, address, up } = linkOf(system, LINKS.untouched);
      refused('EPERM', () => system.setAddress(ifindex, '02:00:00:00:00:01'));
      refused('EPERM', () => system.setUp(ifindex, true));
      refused('EPERM', () => system.replaceQdisc(ifindex, { kind: 'pfifo', parent: TC_ROOT, handle: 0 }));
      const now = linkOf(system, LINKS.untouched);
      equal([now.address, now.up, now.qdisc], [address, up, 'noop'], 'state');
    },
  },
];

/** The interface of this name; the case fails when it is not there. */
export function linkOf(system: System, name: string): Link {
  const link = system.links().find((one) => one.name === name);
  if (!link) throw new Error(`no interface ${name}`);
  return link;
}

function addressRefused(system: System, name: string, address: string, code: string): void {
  const before = linkOf(system, name);
  const words = refused(code, () => system.setAddress(before.ifindex, address));
  // Errors go to logs, and an address has no place there.
  ok(!words.includes(address), `the address is told: ${words}`);
  equal(linkOf(system, name).address, before.address, 'address');
}

function sorted(facts: object): [string, unknown][] {
  return Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
}
