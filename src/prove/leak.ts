import type { MacAddress } from '../core/mac.ts';
import { addressForms, type Form } from './forms.ts';
import type { Frame } from './pcap.ts';

/** A place in a captured frame where a real address can be read. */
export interface Leak {
  address: MacAddress;
  form: string;
  /** Number of the frame, from 1, and offset of the first byte inside it. */
  frame: number;
  offset: number;
}

/** All frames in one buffer: a few hundred searches of a long buffer cost far less than of each short frame. */
interface Joined {
  exact: Buffer;
  lower: Buffer;
  /** Where each frame begins, and at last where the buffer ends. */
  starts: number[];
}

/**
 * Searches every byte of every frame for every form of each address. One leak per address, form and frame is
 * reported: the first.
 */
export function findLeaks(frames: readonly Frame[], addresses: readonly MacAddress[]): Leak[] {
  const joined = join(frames);
  const leaks = addresses.flatMap((address) =>
    addressForms(address).flatMap((form) =>
      findForm(joined, form).map(({ index, offset }) => ({
        address,
        form: form.name,
        frame: frames[index]?.number ?? 0,
        offset,
      })),
    ),
  );
  return leaks.sort((a, b) => a.frame - b.frame || a.offset - b.offset);
}

function join(frames: readonly Frame[]): Joined {
  const exact = Buffer.concat(frames.map((frame) => frame.data));
  const starts = [0];
  for (const frame of frames) starts.push((starts.at(-1) ?? 0) + frame.data.length);
  return { exact, lower: lowerCased(exact), starts };
}

/** The first hit in each frame; a pattern that runs over the end of a frame was never on the wire. */
function findForm({ exact, lower, starts }: Joined, form: Form): { index: number; offset: number }[] {
  const bytes = form.anyCase ? lower : exact;
  const hits: { index: number; offset: number }[] = [];
  for (let at = bytes.indexOf(form.bytes); at >= 0; ) {
    const index = frameAt(starts, at);
    const end = starts[index + 1] ?? bytes.length;
    const inside = at + form.bytes.length <= end;
    if (inside) hits.push({ index, offset: at - (starts[index] ?? 0) });
    at = bytes.indexOf(form.bytes, inside ? end : at + 1);
  }
  return hits;
}

/** Index of the last start that is not behind `at`. */
function frameAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** ASCII capitals become small letters; every other byte stays, so text is found whatever its case. */
function lowerCased(bytes: Buffer): Buffer {
  return bytes.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)) as Buffer;
}
