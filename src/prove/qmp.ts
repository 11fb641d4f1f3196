import type { Line } from './line.ts';
import { waitUntil } from './wait.ts';

/** QEMU answers at once, or it hangs. */
const ANSWER_LIMIT_SECONDS = 20;

/** One message of QEMU's that comes without being asked for (QEMU, docs/interop/qmp-spec). */
interface QmpEvent {
  event: string;
  data?: Record<string, unknown>;
}

/** Sends one QMP command and waits until QEMU has done it; an error answer is thrown (QEMU, docs/interop/qmp-spec). */
export async function qmp(line: Line, command: string, options?: Record<string, unknown>): Promise<void> {
  const from = line.text.length;
  line.write(`${JSON.stringify({ execute: command, id: command, arguments: options })}\n`);
  const answer = await waitUntil(`QEMU's answer to "${command}"`, ANSWER_LIMIT_SECONDS, () => {
    return wholeLines(line, from).find((text) => /"(return|error)"/.test(text)) ?? null;
  });
  if (answer.includes('"error"')) throw new Error(`QEMU refuses "${command}": ${answer}`);
}

/** The events since this offset of the line's text, oldest first. */
export function eventsSince(line: Pick<Line, 'text'>, from: number): QmpEvent[] {
  return wholeLines(line, from)
    .filter((text) => text.includes('"event"'))
    .map((text) => JSON.parse(text) as QmpEvent);
}

function wholeLines({ text }: Pick<Line, 'text'>, from: number): string[] {
  return text.slice(from).split('\n').slice(0, -1);
}
