/** One captured frame: `data` is a view into the capture, `time` is in seconds since the epoch. */
export interface Frame {
  /** Counted from 1, as Wireshark does. */
  number: number;
  time: number;
  data: Uint8Array;
}

/** A capture as far as it can be read. */
export interface Capture {
  frames: Frame[];
  /** The file header or the last record is incomplete; it was left out. */
  truncated: boolean;
  /** In words why what is here is not all that was on the wire, however long one waits; '' when it is. */
  damage: string;
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
  if (bytes.length < FILE_HEADER) return { frames: [], truncated: true, damage: '' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = MAGICS.has(view.getUint32(0, true));
  const fraction = MAGICS.get(view.getUint32(0, littleEndian));
  if (fraction === undefined) {
    return { frames: [], truncated: false, damage: 'it is not a pcap file: the magic number is unknown' };
  }
  return readRecords(bytes, view, littleEndian, fraction);
}

function readRecords(bytes: Uint8Array, view: DataView, littleEndian: boolean, fraction: number): Capture {
  const frames: Frame[] = [];
  let damage = '';
  let at = FILE_HEADER;
  while (at + RECORD_HEADER <= bytes.length) {
    const length = view.getUint32(at + 8, littleEndian);
    if (length > MAX_FRAME) {
      return { frames, truncated: false, damage: `its record at byte ${at} claims ${length} bytes` };
    }
    const end = at + RECORD_HEADER + length;
    if (end > bytes.length) break;
    const onWire = view.getUint32(at + 12, littleEndian);
    if (onWire !== length) {
      damage ||= `of the ${onWire} bytes of its frame ${frames.length + 1} only ${length} were kept`;
    }
    const time = view.getUint32(at, littleEndian) + view.getUint32(at + 4, littleEndian) / fraction;
    frames.push({ number: frames.length + 1, time, data: bytes.subarray(at + RECORD_HEADER, end) });
    at = end;
  }
  return { frames, truncated: at < bytes.length, damage };
}
