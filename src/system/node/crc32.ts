import { crc32 } from 'node:zlib';

/** CRC-32 as the port gives it: eight hexadecimal digits. */
export function crc32Of(content: string | Uint8Array): string {
  return crc32(content).toString(16).padStart(8, '0');
}
