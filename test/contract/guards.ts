import type { Guard } from '../../src/core/guard.ts';
import type { System } from '../../src/system/system.ts';
import { equal, refused } from './assert.ts';
import type { Case } from './case.ts';
import { linkOf } from './links.ts';
import { LINKS, WORLD } from './world.ts';

const ONE = '02:00:00:00:00:11';
const TWO = '02:00:00:00:00:22';

/** Egress guards: what is set is read back from the kernel, and nothing else is taken for one. */
export const guardCases: Case[] = [
  {
    title: 'a guard is read back with the name of its interface, its addresses and no dropped frame',
    run(system) {
      const guard = setOn(system, LINKS.guard, { addresses: [ONE, TWO] });
      equal(stateOf(system, LINKS.guard), { ...guard, dropped: 0 }, 'guard');
    },
  },
  {
    title: 'setting a guard again replaces its addresses',
    run(system) {
      setOn(system, LINKS.guard, { addresses: [ONE] });
      setOn(system, LINKS.guard, { addresses: [TWO] });
      equal(stateOf(system, LINKS.guard)?.addresses, [TWO], 'addresses');
      setOn(system, LINKS.guard, { addresses: [] });
      equal(stateOf(system, LINKS.guard)?.addresses, [], 'addresses of a guard without any');
    },
  },
  {
    title: 'a guard is closed and opened, and keeps its addresses',
    run(system) {
      for (const closed of [true, false, true]) {
        setOn(system, LINKS.guard, { closed });
        const { addresses, closed: now } = stateOf(system, LINKS.guard) ?? {};
        equal([addresses, now], [[ONE], closed], 'addresses and closed');
      }
    },
  },
  {
    title: 'a name that the caller knows from before a rename does not matter',
    run(system) {
      const { ifindex } = linkOf(system, LINKS.guard);
      system.setGuard({ ifindex, name: 'of-old', addresses: [ONE], closed: false });
      equal(stateOf(system, LINKS.guard)?.name, LINKS.guard, 'name');
    },
  },
  {
    title: 'guards of two interfaces are listed in ifindex order, and one is removed without the other',
    run(system) {
      const first = setOn(system, LINKS.guard, {});
      const second = setOn(system, LINKS.guardSecond, { addresses: [TWO] });
      setOn(system, LINKS.guard, {});
      equal(indexes(system), [first.ifindex, second.ifindex], 'order');
      system.removeGuard(first.ifindex);
      equal(indexes(system), [second.ifindex], 'what is left');
      system.removeGuard(second.ifindex);
      equal(system.guards(), [], 'guards');
    },
  },
  {
    title: 'removing a guard that is not there is fine, also of an interface that is not there',
    run(system) {
      system.removeGuard(linkOf(system, LINKS.untouched).ifindex);
      system.removeGuard(WORLD.absent);
    },
  },
  {
    title: 'a guard with an address that is none is refused with EINVAL and changes nothing',
    run(system) {
      const { ifindex, name } = setOn(system, LINKS.guard, {});
      for (const address of ['02:00', '02:00:00:00:00:zz']) {
        refused('EINVAL', () => system.setGuard({ ifindex, name, addresses: [TWO, address], closed: true }));
      }
      equal(stateOf(system, LINKS.guard)?.addresses, [ONE], 'addresses');
    },
  },
  {
    title: 'a guard for an interface that is not there is ENODEV',
    run(system) {
      const guard = { ifindex: WORLD.absent, name: LINKS.guard, addresses: [ONE], closed: true };
      refused('ENODEV', () => system.setGuard(guard));
    },
  },
  {
    title: 'guards are refused with EPERM without the privilege, and so is the list of them',
    needs: ['no-privilege'],
    run(system) {
      const { ifindex, name } = linkOf(system, LINKS.guard);
      refused('EPERM', () => system.setGuard({ ifindex, name, addresses: [ONE], closed: true }));
      refused('EPERM', () => system.removeGuard(ifindex));
      refused('EPERM', () => system.guards());
    },
  },
];

/** Sets a guard on the interface of this name; open and for one address, unless told otherwise. */
export function setOn(system: System, name: string, wanted: Partial<Guard>): Guard {
  const { ifindex } = linkOf(system, name);
  const guard = { ifindex, name, addresses: [ONE], closed: false, ...wanted };
  system.setGuard(guard);
  return guard;
}

/** The guard in force on the interface of this name. */
export function stateOf(system: System, name: string) {
  return system.guards().find((guard) => guard.name === name);
}

function indexes(system: System): number[] {
  return system.guards().map(({ ifindex }) => ifindex);
}
