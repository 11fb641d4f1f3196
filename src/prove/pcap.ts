/** One captured frame: `data` is a view into the capture, `time` is in seconds since the epoch. */
export interface Frame {
  /** Counted from 1, as Wireshark does. */
  number: number;
  time: number;
  data: Uint8Array;
}

/** A capture as far as it can be read; `truncated` when a last, incomplete record was left out. */
export interface Capture {
  frames: Frame[];
  truncated: boolean;
}

/** File header and record header sizes of the pcap format (draft-ietf-opsawg-pcap, 4 and 5). */
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** Magic number and divisor of the sub-second field: microseconds, nanoseconds (draft-ietf-opsawg-pcap, 4). */
const MAGICS = new Map([
  [0xa1b2c3d4, 1e6],
  [0xa1b23c4d, 1e9],
]);
/** A record longer than this is damage, not a frame: Wireshark's own limit for Ethernet captures. */
const MAX_FRAME = 262_144;

/** Reads a pcap file of either byte order; a file still being written may end inside a record. */
export function parsePcap(bytes: Uint8Array): Capture {
  if (bytes.length < FILE_HEADER) return { frames: [], truncated: bytes.length > 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = MAGICS.has(view.getUint32(0, true));
  const fraction = MAGICS.get(view.getUint32(0, littleEndian));
  if (fraction === undefined) throw new RangeError('not a pcap file: the magic number is unknown');
  return readRecords(bytes, view, littleEndian, fraction);
}

function readRecords(bytes: Uint8Array, view: DataView, littleEndian: boolean, fraction: number): Capture {
  const frames: Frame[] = [];
  let at = FILE_HEADER;
  while (at + RECORD_HEADER <= bytes.length) {
    const length = view.getUint32(at + 8, littleEndian);
    if (length > MAX_FRAME)
      throw new RangeError(`damaged pcap file: record at byte ${at} claims ${length} bytes`);
    const end = at + RECORD_HEADER + length;
    if (end > bytes.length) break;
    const time = view.getUint32(at, littleEndian) + view.getUint32(at + 4, littleEndian) / fraction;
    frames.push({ number: frames.length + 1, time, data: bytes.subarray(at + RECORD_HEADER, end) });
    at = end;
  }
  return { frames, truncated: at < bytes.length };
}
