import { type Qdisc, type System, TC_ROOT } from '../../src/system/system.ts';
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
    title: 'an interface with noop has no qdiscs',
    run: (system) => equal(system.qdiscs(linkOf(system, LINKS.untouched).ifindex), [], 'qdiscs'),
  },
  {
    title: 'an interface with one queue has its root qdisc alone, without a handle when the kernel chose it',
    run(system) {
      const { ifindex } = linkOf(system, LINKS.upDown);
      system.setUp(ifindex, true);
      const { qdisc } = linkOf(system, LINKS.upDown);
      system.setUp(ifindex, false);
      equal(system.qdiscs(ifindex).map(fields), [[qdisc, TC_ROOT, 0]], 'qdiscs');
    },
  },
  {
    title: "the kernel's own mq comes first and its children name it by the handle 0",
    needs: ['default-qdisc'],
    run(system) {
      const { ifindex } = linkOf(system, LINKS.kernelQueues);
      const standard = system.readFile(WORLD.defaultQdisc).trim();
      system.setUp(ifindex, true);
      const [root, ...leaves] = system.qdiscs(ifindex).map(fields);
      equal(root, ['mq', TC_ROOT, 0], 'root');
      // Of the queues of a tap, only those that a program has opened count as real ones: one at least.
      ok(leaves.length > 0, 'no children');
      const wanted = leaves.map((_, queue) => [standard, queue + 1, 0]);
      equal(
        leaves.sort(([, a], [, b]) => Number(a) - Number(b)),
        wanted,
        'children',
      );
    },
  },
  {
    title: 'an explicit mq is listed with its handle, and its children with the place they were put',
    run(system) {
      const { ifindex } = linkOf(system, LINKS.queues);
      system.replaceQdisc(ifindex, { kind: 'mq', parent: TC_ROOT, handle: HANDLE });
      system.replaceQdisc(ifindex, child(FIRST_QUEUE + 1));
      const found = system.qdiscs(ifindex);
      equal(fields(found[0]), ['mq', TC_ROOT, HANDLE], 'root');
      equal(found.find(({ parent }) => parent === FIRST_QUEUE + 1)?.kind, 'pfifo', 'child');
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

/** Every adapter's object in one order. */
function fields(qdisc: Qdisc | undefined) {
  return [qdisc?.kind, qdisc?.parent, qdisc?.handle];
}

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
