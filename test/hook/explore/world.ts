import { DECISION, LOCK, SYS_CLASS_NET } from '../../../src/paths.ts';
import type { Fake, FakeInitial, FakeLink } from '../../../src/system/fake.ts';
import { createFake } from '../../../src/system/fake.ts';
import { boot, REAL, wired } from '../machine.ts';

/** What kills the hook between two system calls: nothing of it runs after that. */
export class Killed extends Error {}

/** A machine with one card, udev's memory of it, and what went wrong. */
export interface World {
  fake: Fake;
  /** Interfaces whose udev event waits, by ifindex. */
  pending: Set<number>;
  /** The property MACVEIL that udev holds for an interface; it has none while the hook has not answered. */
  properties: Map<number, string>;
  /** How often hardware was plugged in again: a world without end cannot be explored. */
  returns: number;
  faults: string[];
}

/** Changes the machine, or the hook in it: the faults that the exploration must find. */
export type Seed = (fake: Fake) => void;

/** Which address is given does not matter, and different ones would be different worlds. */
const random = (count: number) => Uint8Array.from({ length: count }, (_, at) => at + 1);

/** A machine before udevd; udev takes up an event for whatever is triggered. */
export function newWorld(cmdline: string, seed: Seed, initial: FakeInitial): World {
  const pending = new Set<number>();
  const onUevent = (path: string) => {
    const card = fake.state.links.find(({ name }) => path === `${SYS_CLASS_NET}/${name}/uevent`);
    if (card) pending.add(card.ifindex);
  };
  const fake = boot(cmdline, { interfaces: [wired()], random, onUevent, ...initial });
  seed(fake);
  return { fake, pending, properties: new Map(), returns: 0, faults: [] };
}

/** The one card, if its interface is there. */
export function cardOf({ fake }: World): FakeLink | undefined {
  return fake.state.links.find(({ origin }) => origin.device !== undefined);
}

/**
 * Runs the hook and kills it right before one of its calls that change something, counted from 0; Infinity lets it end by
 * itself. Returns how many it made. To be killed before a call that only looks is the same as before the next change.
 */
export function runHook(world: World, run: () => void, killAt: number): number {
  const { fake } = world;
  const life = { changes: 0, dead: false };
  fake.faults.unshift(...killFaults(killAt, life));
  try {
    run();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  } finally {
    fake.faults.splice(0, KILLABLE.length);
    // The end of a process gives its lock back.
    fake.state.locked = '';
  }
  return life.changes;
}

type Call = Fake['calls'][number]['call'];
const KILLABLE = Object.keys(createFake().system) as Call[];
const LOOKS = /^(read|list|exists|link|qdiscs|guards|random|lock|unlock|log)/;

function killFaults(at: number, life: { changes: number; dead: boolean }): Fake['faults'] {
  return KILLABLE.map((call) => ({
    call,
    effect: 'race' as const,
    act: () => {
      if (!LOOKS.test(call)) {
        life.dead ||= life.changes === at;
        life.changes += 1;
      }
      if (life.dead) throw new Killed();
    },
  }));
}

/** Everything that decides what can come next, as one text. */
export function keyOf({ fake, pending, properties, returns }: World): string {
  const { links, machine } = fake.state;
  const shown = links.map(({ origin: _, ...link }) => link);
  const files = machine.files.entries('/run').filter(([path]) => path !== LOCK);
  const kernel = machine.files.read('/proc/sys/net/core/default_qdisc');
  return JSON.stringify([shown, files, kernel, [...pending], [...properties], returns]);
}

/** A frame of the card's own, as somebody would send it: leaves the machine, or is dropped on the way. */
export function send(world: World): void {
  const card = cardOf(world);
  if (!card?.up || isMuted(card) || isGuarded(card)) return;
  // How many is of no interest, and each number would be another world.
  card.txPackets = 1;
  if (card.address === REAL && !isKept(world)) world.faults.push('a frame left with the real address');
}

function isKept({ fake }: World): boolean {
  const { files } = fake.state.machine;
  return files.exists(DECISION) && JSON.parse(files.read(DECISION)).decision === 'keep';
}

function isMuted({ qdisc, qdiscs }: FakeLink): boolean {
  const leaves = qdiscs.filter(({ kind }) => kind !== 'mq');
  return qdisc === 'blackhole' || (qdisc === 'mq' && leaves.every(({ kind }) => kind === 'blackhole'));
}

function isGuarded({ address, guard }: FakeLink): boolean {
  return guard !== null && (guard.closed || guard.addresses.includes(address));
}
