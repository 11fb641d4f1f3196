import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Capture, type Frame, parsePcap } from './pcap.ts';
import { ScenarioFailure, waitUntil } from './wait.ts';

/** QEMU writes a record in one piece; what is still half a record after this time stays so. */
const WHOLE_LIMIT_SECONDS = 5;

/** The frames of a capture so far, to show and to wait for; none when QEMU has not made the file yet. */
export function framesSoFar(path: string): Frame[] {
  return existsSync(path) ? readCapture(path).frames : [];
}

/** Every frame of a capture, for a verdict to stand on; throws ScenarioFailure when there may have been more. */
export async function allFrames(path: string, limitSeconds = WHOLE_LIMIT_SECONDS): Promise<Frame[]> {
  const name = basename(path);
  if (!existsSync(path)) throw new ScenarioFailure(`there is no capture ${name}: nothing was searched`);
  const { frames, damage } = await waitUntil(`a whole last record in ${name}`, limitSeconds, () => {
    const capture = readCapture(path);
    return capture.truncated ? null : capture;
  });
  if (damage) throw new ScenarioFailure(`the capture ${name} does not hold all there was: ${damage}`);
  return frames;
}

function readCapture(path: string): Capture {
  return parsePcap(readFileSync(path));
}
