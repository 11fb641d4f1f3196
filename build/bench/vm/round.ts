import type { GuestShell } from '../../../src/prove/agent.ts';
import type { Nic } from '../../../src/prove/nics.ts';

/** How the drivers come: bare modprobe and settle, `macveil-hook unblock`, or bare with the script called by udev. */
export type Kind = 'bare' | 'hook' | 'script';
/** How it is measured: the whole alone, each program that udev calls too, or every system call. */
export type Mode = 'plain' | 'cost' | 'trace';

/** What a program cost, in milliseconds. */
export interface Cost {
  wall: number;
  cpu: number;
}

/** What one round cost. */
export interface Round {
  whole: Cost;
  /** Each call by udev's rule. */
  programs: Cost[];
}

/** What was measured, and guest/cost.c's numbers. */
const COST = /^(whole|programs|start) (\d+) (\d+) (\d+)$/gm;
const ADDRESS = /^address (\S+)$/gm;
const MICROSECONDS = 1000;

/** Does one round in the guest; throws when it did not bring every card in the state it should. */
export async function playRound(
  shell: GuestShell,
  kind: Kind,
  mode: Mode,
  nics: readonly Nic[],
): Promise<Round> {
  const { status, output } = await shell.run(`/bench/round.sh ${kind} ${mode}`);
  if (status !== 0) throw new Error(`a round (${kind}, ${mode}) ended with exit status ${status}: ${output}`);
  requireCards(kind, output, nics);
  return readCosts(output);
}

/** macveil's exit status says that every card is verified; of the script's work there is no other witness than this. */
function requireCards(kind: Kind, output: string, nics: readonly Nic[]): void {
  const addresses = Array.from(output.matchAll(ADDRESS), ([, address]) => address);
  const real = nics.filter(({ address }) => addresses.includes(address));
  if (addresses.length === nics.length && (kind === 'bare' || real.length === 0)) return;
  throw new Error(
    `${kind} left ${addresses.length} cards, ${real.length} with their real address: ${output}`,
  );
}

function readCosts(output: string): Round {
  const [whole] = costsOf('whole', output);
  if (!whole) throw new Error(`a round did not say what it cost: ${output}`);
  return { whole, programs: costsOf('programs', output) };
}

/** What starting a program costs, `rounds` times. */
export async function startCosts(shell: GuestShell, program: string, rounds: number): Promise<Cost[]> {
  const log = '/run/bench/start';
  const once = `/bench/bin/cost ${log} ${program} >/dev/null`;
  const { output } = await shell.run(
    `rm -f ${log}; for i in $(seq ${rounds}); do ${once}; done; sed 's/^/start /' ${log}`,
  );
  const costs = costsOf('start', output);
  if (costs.length === rounds) return costs;
  throw new Error(`${program} was started ${costs.length} times, not ${rounds}: ${output}`);
}

/** The lines of one kind in an output; throws when what was measured had failed. */
function costsOf(what: string, output: string): Cost[] {
  const lines = Array.from(output.matchAll(COST)).filter(([, kind]) => kind === what);
  return lines.map(([, , wall, cpu, status]) => {
    if (status !== '0') throw new Error(`a program failed while it was measured: ${output}`);
    return { wall: Number(wall) / MICROSECONDS, cpu: Number(cpu) / MICROSECONDS };
  });
}
