import { HOOK } from '../../../src/paths.ts';
import type { GuestShell } from '../../../src/prove/agent.ts';
import { enterShell } from '../../../src/prove/initramfs-shell.ts';
import type { Clock } from './clock.ts';
import { TEN_CARDS, withGuest } from './guest.ts';
import { appendOverlay } from './overlay.ts';
import { type Cost, type Kind, playRound, type Round, startCosts } from './round.ts';
import { noCalls, readTraces, type Traces } from './trace.ts';

const BOOT_LIMIT_SECONDS = 420;
const IMAGE = '.cache/image/macveil-demo.iso';
const KINDS: Kind[] = ['bare', 'hook', 'script'];
/** The two whose programs udev calls. */
const CALLED: Kind[] = ['hook', 'script'];
/** What is there now belongs to the machine and stays; the aliases are those of Ethernet cards on PCI, virtio and USB. */
const PREPARE = `cut -d ' ' -f 1 /proc/modules >/bench/modules
cat /sys/bus/*/devices/*/modalias | grep -E 'bc02|^virtio:d00000001|^usb:.*ic02' | sort -u >/bench/aliases`;

/** What was measured of one way to load the drivers of all cards. */
export interface Measured {
  whole: Cost[];
  /** Rounds in which each program was measured by itself. */
  called: Round[];
  /** Counted in a round of its own. */
  traces: Traces;
}

/** Everything the table of cards shows. */
export interface CardCosts {
  ways: Record<Kind, Measured>;
  /** The hook's start alone (it prints its usage), and that of a program that does nothing. */
  starts: { hook: Cost[]; nothing: Cost[] };
}

/** Measures all ways in one machine, by turns; the first round of each does not count. */
export async function measureCards(
  clock: Clock,
  rounds: number,
  tell: (what: string) => void,
): Promise<CardCosts> {
  const scenario = { name: 'cards', boot: 'initramfs' as const, cmdline: 'macveil=ask', steps: [] };
  const prepare = ({ initrd }: { initrd: string }, directory: string) => appendOverlay(initrd, directory);
  return withGuest(
    { image: IMAGE, nics: TEN_CARDS, clock, scenario, prepare },
    async ({ machine, agent }) => {
      tell('booting');
      await enterShell(machine, agent, BOOT_LIMIT_SECONDS);
      await succeed(agent, PREPARE);
      return inRounds(agent, rounds, tell);
    },
  );
}

async function inRounds(agent: GuestShell, rounds: number, tell: (what: string) => void): Promise<CardCosts> {
  const play = (kind: Kind, mode: 'plain' | 'cost' | 'trace') => {
    tell(`${kind}, ${mode}`);
    return playRound(agent, kind, mode, TEN_CARDS);
  };
  const ways = { bare: nothing(), hook: nothing(), script: nothing() };
  await warmUp(agent, play);
  for (let round = 0; round < rounds; round++) {
    for (const kind of KINDS) ways[kind].whole.push((await play(kind, 'plain')).whole);
    for (const kind of CALLED) ways[kind].called.push(await play(kind, 'cost'));
  }
  for (const kind of KINDS) {
    await play(kind, 'trace');
    ways[kind].traces = await readTraces(agent);
  }
  const hook = await startCosts(agent, `${HOOK} --help`, rounds);
  return { ways, starts: { hook, nothing: await startCosts(agent, '/bench/bin/cost', rounds) } };
}

/** The first decision of a boot is taken by \`decide\`, which unblocks too; the rounds repeat that with \`unblock\`. */
async function warmUp(agent: GuestShell, play: (kind: Kind, mode: 'plain') => Promise<Round>): Promise<void> {
  await succeed(agent, `${HOOK} decide spoof`);
  for (const kind of KINDS) await play(kind, 'plain');
}

async function succeed(agent: GuestShell, command: string): Promise<string> {
  const { status, output } = await agent.run(command);
  if (status !== 0) throw new Error(`"${command}" ended with exit status ${status}: ${output}`);
  return output;
}

function nothing(): Measured {
  return { whole: [], called: [], traces: { interfaces: [], outside: noCalls() } };
}
