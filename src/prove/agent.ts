import { decodeAnswer, encodeRequest, type GuestResult, isReady, QUIT } from './agent-protocol.ts';
import type { Line } from './line.ts';
import { waitUntil } from './wait.ts';

/** Longest time a guest command may take: udev's own event limit (180 s) and some; one that hangs is a finding. */
const COMMAND_LIMIT_SECONDS = 240;

/** What an agent offers: commands run in the guest. */
export type GuestShell = Pick<Agent, keyof Agent>;

/** Runs commands in the guest over its second serial port; `alive` throws once the machine is gone. */
export class Agent {
  readonly #line: Line;
  readonly #alive: () => void;
  #number = 0;

  constructor(line: Line, alive: () => void) {
    this.#line = line;
    this.#alive = alive;
  }

  /** Waits until an agent started in the guest has announced itself. */
  async ready(limitSeconds: number): Promise<void> {
    await this.#wait('the agent in the guest', limitSeconds, (text) => isReady(text) || null);
  }

  /** Runs one command with sh. */
  async run(command: string, limitSeconds = COMMAND_LIMIT_SECONDS): Promise<GuestResult> {
    this.#number += 1;
    const number = this.#number;
    this.#line.write(encodeRequest(number, command));
    return this.#wait(`the guest's answer to "${command}"`, limitSeconds, (text) =>
      decodeAnswer(text, number),
    );
  }

  /** Ends the agent; the next one announces itself anew. */
  quit(): void {
    this.#line.forget();
    this.#line.write(`${QUIT}\n`);
  }

  #wait<T>(what: string, limitSeconds: number, check: (text: string) => T | null): Promise<T> {
    return waitUntil(what, limitSeconds, () => {
      const answer = check(this.#line.recent);
      if (answer === null) this.#alive();
      return answer;
    });
  }
}
