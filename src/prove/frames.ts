import { formatMac } from '../core/mac.ts';
import type { Frame } from './pcap.ts';

/** What a capture says of who sent: frames of QEMU's own network side do not count as sent by the guest. */
export interface FrameSummary {
  /** Frames the guest sent. */
  sent: number;
  /** Frames the network side sent to it. */
  received: number;
  /** Source addresses of the guest's frames, each with its number of frames. */
  sources: Record<string, number>;
}

/** Offset of the source address in an Ethernet header (IEEE 802.3, 3.1.1). */
const SOURCE = 6;
const ADDRESS_LENGTH = 6;
/** QEMU's user network answers from 52:55 plus its IPv4 address, or 52:56 and zeros for IPv6 (libslirp, src/slirp.c and ip6_output.c). */
const PEER = /^52:5(?:5:0a:00:|6:00:00:00:)/;

/** Counts a capture's frames by sender. */
export function summariseFrames(frames: readonly Frame[]): FrameSummary {
  const summary: FrameSummary = { sent: 0, received: 0, sources: {} };
  for (const { data } of frames) {
    const source = sourceOf(data);
    if (PEER.test(source)) {
      summary.received += 1;
      continue;
    }
    summary.sent += 1;
    summary.sources[source] = (summary.sources[source] ?? 0) + 1;
  }
  return summary;
}

// A frame too short for a source address is the guest's all the same, and no address is the right one for it.
function sourceOf(data: Uint8Array): string {
  const bytes = data.subarray(SOURCE, SOURCE + ADDRESS_LENGTH);
  return bytes.length === ADDRESS_LENGTH ? formatMac(bytes) : 'none';
}
