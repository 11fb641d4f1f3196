/** The guest's second serial port, on which nothing but the agent talks. */
export const AGENT_TTY = '/dev/ttyS1';
/** What the agent prints once it listens. */
export const READY = 'ready';
/** The request that ends the agent. */
export const QUIT = 'quit';

/** How a guest command ended, with standard output and standard error as one text. */
export interface GuestResult {
  status: number;
  output: string;
}

/**
 * The agent, one line of shell: reads `NUMBER BASE64-COMMAND`, answers `NUMBER BASE64`, where the last line of the
 * decoded answer is the exit status. Base64 keeps carriage returns and line discipline out of both. A command that
 * leaves something running in the background must redirect its output, or the answer waits for it.
 */
export const AGENT_SCRIPT =
  `stty -F ${AGENT_TTY} raw -echo; { echo ${READY}; while read -r n c && [ "$n" != ${QUIT} ]; do ` +
  `echo "$n" $({ sh -c "$(echo "$c" | base64 -d)" </dev/null; printf '\\n%d' $?; } 2>&1 | base64); done; } ` +
  `<${AGENT_TTY} >${AGENT_TTY}`;

/** The line that asks the agent to run a command. */
export function encodeRequest(number: number, command: string): string {
  return `${number} ${Buffer.from(command).toString('base64')}\n`;
}

/** The answer to request `number` in all the agent has printed so far; null while it is not complete. */
export function decodeAnswer(text: string, number: number): GuestResult | null {
  const answer = new RegExp(`^${number} ([A-Za-z0-9+/= ]+)\\r?\\n`, 'm').exec(text);
  if (!answer?.[1]) return null;
  const decoded = Buffer.from(answer[1].replaceAll(' ', ''), 'base64').toString('utf8');
  const cut = decoded.lastIndexOf('\n');
  return { status: Number(decoded.slice(cut + 1)), output: decoded.slice(0, cut) };
}

/** Whether the agent has announced itself in this text. */
export function isReady(text: string): boolean {
  return new RegExp(`^${READY}\\r?$`, 'm').test(text);
}
