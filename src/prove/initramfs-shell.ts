import type { GuestShell } from './agent.ts';
import { AGENT_SCRIPT } from './agent-protocol.ts';
import type { Guest } from './steps.ts';
import { waitUntil } from './wait.ts';

/** The prompt of the shell that initramfs-tools opens at a break point. */
const PROMPT = '(initramfs) ';
/** A kernel message can cut the prompt in two on the console; another Enter after this time brings a whole one. */
const POKE_SECONDS = 5;
const AGENT_LIMIT_SECONDS = 60;

/** Waits for the shell of the next break point and starts the agent in it; the boot goes on when the agent is told to quit. */
export async function enterShell(machine: Guest, agent: GuestShell, limitSeconds: number): Promise<void> {
  let poked = performance.now();
  await waitUntil('the shell of the initramfs', limitSeconds, () => {
    if (machine.console.recent.includes(PROMPT)) return true;
    machine.alive();
    if (performance.now() - poked > POKE_SECONDS * 1000) {
      machine.console.write('\r');
      poked = performance.now();
    }
    return null;
  });
  machine.console.write(`${AGENT_SCRIPT}; exit\r`);
  await agent.ready(AGENT_LIMIT_SECONDS);
}
