import { type System, TC_ROOT } from '../../src/system/system.ts';
import { equal, ok, refused } from './assert.ts';
import type { Case } from './case.ts';
import { linkOf } from './links.ts';
import { LINKS, WORLD } from './world.ts';

/** The handle 1: of tc(8), and the class of its first queue, 1:1. */
const HANDLE = 0x1_0000;
const FIRST_QUEUE = 0x1_0001;

/** Voice and mute: the qdiscs of an interface. */
export const qdiscCases: Case[] = [
  {
    title: 'the root qdisc is replaced while the interface is down and while it is up',
    run(system) {
      const { ifindex } = linkOf(system, LINKS.rootQdisc);
      const replaceRoot = (kind: string) => {
        system.replaceQdisc(ifindex, { kind, parent: TC_ROOT, handle: 0 });
        equal(linkOf(system, LINKS.rootQdisc).qdisc, kind, 'qdisc');
      };
      replaceRoot('blackhole');
      system.setUp(ifindex, true);
      equal(linkOf(system, LINKS.rootQdisc).qdisc, 'blackhole', 'qdisc after up');
      replaceRoot('pfifo_fast');
    },
  },
  {
    title: 'a kind of qdisc that the kernel does not know is ENOENT and changes nothing',
    run(system) {
      const { ifindex, qdisc } = linkOf(system, LINKS.untouched);
      refused('ENOENT', () => system.replaceQdisc(ifindex, { kind: 'unheard', parent: TC_ROOT, handle: 0 }));
      equal(linkOf(system, LINKS.untouched).qdisc, qdisc, 'qdisc');
    },
  },
  {
    title: 'an interface that comes up under default_qdisc=blackhole is mute',
    needs: ['default-qdisc'],
    run: (system) =>
      withDefaultQdisc(system, 'blackhole', () => {
        system.setUp(linkOf(system, LINKS.mute).ifindex, true);
        equal(linkOf(system, LINKS.mute).qdisc, 'blackhole', 'qdisc');
      }),
  },
  {
    title: 'an interface without a queue comes up with noqueue, whatever the default is',
    needs: ['default-qdisc'],
    run: (system) =>
      withDefaultQdisc(system, 'blackhole', () => {
        system.setUp(linkOf(system, LINKS.veth).ifindex, true);
        equal(linkOf(system, LINKS.veth).qdisc, 'noqueue', 'qdisc');
      }),
  },
  {
    title: 'an interface with many queues comes up with mq, and an explicit mq takes children',
    run(system) {
      const { ifindex, txQueues } = linkOf(system, LINKS.queues);
      ok(txQueues > 1, `${txQueues} queue`);
      system.setUp(ifindex, true);
      equal(linkOf(system, LINKS.queues).qdisc, 'mq', 'qdisc');
      // The kernel's own mq has handle 0, which no parent can name.
      refused('ENOENT', () => system.replaceQdisc(ifindex, child(FIRST_QUEUE)));
      system.replaceQdisc(ifindex, { kind: 'mq', parent: TC_ROOT, handle: HANDLE });
      for (let queue = 0; queue < txQueues; queue++) system.replaceQdisc(ifindex, child(FIRST_QUEUE + queue));
      refused('ENOENT', () => system.replaceQdisc(ifindex, child(FIRST_QUEUE + txQueues)));
    },
  },
  {
    title: 'a child qdisc stands where it was put',
    needs: ['processes'],
    run(system) {
      const { ifindex } = linkOf(system, LINKS.queues);
      system.replaceQdisc(ifindex, { kind: 'mq', parent: TC_ROOT, handle: HANDLE });
      system.replaceQdisc(ifindex, child(FIRST_QUEUE + 1));
      const { stdout } = system.run('tc', ['qdisc', 'show', 'dev', LINKS.queues], 10_000);
      ok(/^qdisc pfifo [0-9a-f]+: parent 1:2 /m.test(stdout), `tc shows: ${stdout}`);
    },
  },
];

function child(parent: number) {
  return { kind: 'pfifo', parent, handle: 0 };
}

/** The setting is the whole machine's: it is put back whatever happens. */
function withDefaultQdisc(system: System, kind: string, work: () => void): void {
  const before = system.readFile(WORLD.defaultQdisc).trim();
  system.writeAttribute(WORLD.defaultQdisc, kind);
  try {
    work();
  } finally {
    system.writeAttribute(WORLD.defaultQdisc, before);
  }
}
