import type { Line } from './line.ts';
import { waitUntil } from './wait.ts';

/** QEMU answers at once, or it hangs. */
const ANSWER_LIMIT_SECONDS = 20;

/** Sends one QMP command and waits until QEMU has done it; an error answer is thrown (QEMU, docs/interop/qmp-spec). */
export async function qmp(line: Line, command: string): Promise<void> {
  const from = line.text.length;
  line.write(`${JSON.stringify({ execute: command, id: command })}\n`);
  const answer = await waitUntil(`QEMU's answer to "${command}"`, ANSWER_LIMIT_SECONDS, () => {
    const lines = line.text.slice(from).split('\n').slice(0, -1);
    return lines.find((text) => /"(return|error)"/.test(text)) ?? null;
  });
  if (answer.includes('"error"')) throw new Error(`QEMU refuses "${command}": ${answer}`);
}
