import { DECISION } from '../../../src/paths.ts';
import { SystemError } from '../../../src/system/system.ts';
import { hook, REAL } from '../machine.ts';
import { cardOf, runHook, send, type World } from './world.ts';

/** Something that can happen; `calls` is for what can be killed: the number of calls it makes undisturbed. */
export interface Happening {
  name: string;
  possible(world: World): boolean;
  /** Lets it happen; the hook, if it is what happens, is killed at this call. Returns the calls that it made. */
  apply(world: World, killAt: number): number;
}

const decided = ({ fake }: World) => fake.system.exists(DECISION);
const hasCard = (world: World) => cardOf(world) !== undefined;
const isDown = (world: World) => cardOf(world)?.up === false;

/** Commands of the hook: each may die at every call it makes. */
export const COMMANDS: Happening[] = [
  command('early', (world) => !decided(world)),
  command('verify', decided),
  command('unblock', decided),
  command('decide spoof', decided),
  command('decide keep', decided),
  {
    name: 'net-add',
    possible: (world) => world.pending.size > 0,
    apply: (world, killAt) => {
      const [ifindex = 0] = world.pending;
      world.pending.delete(ifindex);
      return answer(world, ifindex, killAt);
    },
  },
];

/** What others do: udev, the kernel, hardware, a manager, an administrator. */
export const OTHERS: Happening[] = [
  other('udev loads the driver', decided, (world) => {
    world.fake.system.run('modprobe', ['-abq', 'pci:v8086d100E'], 1000);
    expectEvent(world);
  }),
  other(
    'udev loses an event',
    (world) => world.pending.size > 0,
    (world) => world.pending.clear(),
  ),
  other('the card is brought up', isDown, (world) =>
    attempt(() => world.fake.state.machine.setUp(indexOf(world), true)),
  ),
  other('the card sends', (world) => cardOf(world)?.up === true, send),
  other('the real address is set by hand', hasCard, (world) =>
    attempt(() => world.fake.state.machine.setAddress(indexOf(world), REAL)),
  ),
  other('the card is unplugged', hasCard, (world) => {
    world.fake.state.machine.remove(cardOf(world)?.name ?? '');
    world.pending.clear();
  }),
  other(
    'the card is plugged in again',
    (world) =>
      decided(world) && !hasCard(world) && world.fake.system.exists('/sys/module/e1000') && world.returns < 1,
    (world) => {
      world.returns += 1;
      world.fake.state.machine.load('e1000');
      expectEvent(world);
    },
  ),
  other(
    'the card is renamed',
    (world) => cardOf(world)?.name === 'eth0',
    (world) => world.fake.state.machine.rename('eth0', 'ens3'),
  ),
];

function command(words: string, possible: (world: World) => boolean): Happening {
  const apply = (world: World, killAt: number) => {
    const calls = runHook(world, () => hook(world.fake, ...words.split(' ')), killAt);
    expectEvent(world);
    return calls;
  };
  return { name: words, possible, apply };
}

function other(name: string, possible: (world: World) => boolean, act: (world: World) => void): Happening {
  const apply = (world: World) => {
    act(world);
    return 0;
  };
  return { name, possible, apply };
}

/** udev's rule: what the program printed before it died does not count, an interface that it did not vouch for is nobody's. */
function answer(world: World, ifindex: number, killAt: number): number {
  const { fake } = world;
  fake.state.stdout = '';
  let status = -1;
  const calls = runHook(world, () => (status = hook(fake, 'net-add', String(ifindex))), killAt);
  const said = status === 0 ? /^MACVEIL=(\w+)$/m.exec(fake.state.stdout)?.[1] : undefined;
  world.properties.set(ifindex, said ?? '');
  if (said === 'verified' || said === 'exempt') judgeHandedOver(world, ifindex);
  return calls;
}

/** At the moment in which managers get it, it must be right, by the machine's own facts. */
function judgeHandedOver(world: World, ifindex: number): void {
  const card = cardOf(world);
  if (card?.ifindex !== ifindex) return;
  const { decision } = JSON.parse(world.fake.state.machine.files.read(DECISION));
  const right =
    decision === 'keep'
      ? card.address === REAL
      : card.address !== REAL && card.address.startsWith('00:1b:21:');
  if (decision !== 'spoof' && decision !== 'keep') world.faults.push(`handed over under ${decision}`);
  if (!right)
    world.faults.push(`handed over with ${card.address === REAL ? 'its real' : 'a strange'} address`);
}

function expectEvent(world: World): void {
  const card = cardOf(world);
  if (card && !world.properties.has(card.ifindex)) world.pending.add(card.ifindex);
}

function indexOf(world: World): number {
  return cardOf(world)?.ifindex ?? 0;
}

/** What the kernel refuses does not happen. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
  }
}
