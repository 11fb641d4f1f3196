import type { MacAddress } from '../../src/core/mac.ts';
import type { Frame } from '../../src/prove/pcap.ts';

/** A real address as every test of the search uses it. */
export const REAL = '00:1b:21:a7:5e:c2' as MacAddress;
/** What replaced it. */
export const SPOOFED = '00:1b:21:11:22:33' as MacAddress;

/** A frame number 1 with these bytes. */
export const frameOf = (bytes: Iterable<number>, number = 1): Frame => ({
  number,
  time: 0,
  data: Uint8Array.from(bytes),
});

/** An Ethernet frame from `source` to everybody, with a payload. */
export const ethernet = (source: string, payload: Iterable<number> = [], number = 1): Frame =>
  frameOf([255, 255, 255, 255, 255, 255, ...octets(source), 0x08, 0x00, ...payload], number);

/** Bytes of an ASCII text. */
export const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** Octets written in hex with any separators. */
export const octets = (hex: string): number[] => [...Buffer.from(hex.replaceAll(/[^0-9a-f]/g, ''), 'hex')];
