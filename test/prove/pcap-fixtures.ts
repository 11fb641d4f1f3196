const MICROSECONDS = 0xa1b2c3d4;

/** A pcap file of these frames, each at 5.5 s, in the given byte order. */
export function pcap(frames: number[][], littleEndian = true, magic = MICROSECONDS): Buffer {
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (littleEndian) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  };
  const half = magic === MICROSECONDS ? 5e5 : 5e8;
  const header = [magic, 0x00040002, 0, 0, 65536, 1].map(word);
  const records = frames.flatMap((frame) => [
    ...[5, half, frame.length, frame.length].map(word),
    Buffer.from(frame),
  ]);
  return Buffer.concat([...header, ...records]);
}
