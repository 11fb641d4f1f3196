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
/** Ends of the addresses of the gateway and the name server in a QEMU user network (`host=` and `dns=` of qemu(1)). */
const PEER_ENDS = ['02', '03'];

/** Counts the frames of the card with this index by sender. */
export function summariseFrames(frames: readonly Frame[], index: number): FrameSummary {
  const peers = peerAddresses(index);
  const summary: FrameSummary = { sent: 0, received: 0, sources: {} };
  for (const { data } of frames) {
    const source = sourceOf(data);
    if (peers.includes(source)) {
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

/**
 * The network side of one card, and of no other: 52:55 and its IPv4 address, 52:56 and the end of its IPv6 address (libslirp,
 * arp_input in src/slirp.c and in6_compute_ethaddr in src/ip6.h).
 */
function peerAddresses(index: number): string[] {
  const network = index.toString(16).padStart(2, '0');
  return PEER_ENDS.flatMap((end) => [`52:55:0a:00:${network}:${end}`, `52:56:00:00:00:${end}`]);
}
