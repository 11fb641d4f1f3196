import { type MacAddress, macBytes } from '../core/mac.ts';

/** One way in which an address can be written inside a frame; `anyCase` patterns are searched in lower-cased bytes. */
export interface Form {
  name: string;
  bytes: Uint8Array;
  anyCase: boolean;
}

/** The universal/local bit of octet 0, which an IPv6 interface identifier inverts (RFC 4291, appendix A). */
const LOCAL_BIT = 0x02;
/** What EUI-64 puts between the two halves of a MAC-48 address (RFC 4291, appendix A). */
const EUI64_MIDDLE = [0xff, 0xfe];
const SEPARATORS = [':', '-', '.', '_', ' ', '%3a'];

/** Every form of one address: raw, reversed, EUI-64, solicited-node, and text in the usual notations and encodings. */
export function addressForms(address: MacAddress): Form[] {
  const octets = [...macBytes(address)];
  return [...binaryForms(octets), ...textForms(octets).flatMap(encodings)];
}

function binaryForms(octets: number[]): Form[] {
  const binary = (name: string, bytes: number[]) => ({ name, bytes: Uint8Array.from(bytes), anyCase: false });
  return [
    binary('raw', octets),
    binary('raw, reversed', octets.toReversed()),
    ...eui64Variants(octets).flatMap(({ name, bytes }) => [
      binary(name, bytes),
      binary(`${name}, reversed`, bytes.toReversed()),
    ]),
    ...solicitedNode(octets).map((bytes) => binary('solicited-node multicast', bytes)),
  ];
}

function eui64Variants(octets: number[]): { name: string; bytes: number[] }[] {
  const plain = [...octets.slice(0, 3), ...EUI64_MIDDLE, ...octets.slice(3)];
  const flipped = [(plain[0] ?? 0) ^ LOCAL_BIT, ...plain.slice(1)];
  return [
    { name: 'EUI-64', bytes: plain },
    { name: 'EUI-64 interface identifier', bytes: flipped },
  ];
}

/** The card's half alone says little, but in ff02::1:ffXX:XXXX (RFC 4291, 2.7.1) or its Ethernet group (RFC 2464, 7) it is the card's. */
function solicitedNode(octets: number[]): number[][] {
  const half = octets.slice(3);
  return [
    [0x33, 0x33, 0xff, ...half],
    [0x00, 0x00, 0x00, 0x01, 0xff, ...half],
  ];
}

function textForms(octets: number[]): { name: string; text: string }[] {
  const notations = new Set([...hexNotations(octets), octets.map((octet) => octet.toString(16)).join(':')]);
  const eui64 = eui64Variants(octets).flatMap(({ name, bytes }) =>
    [...hexNotations(bytes), ipv6Tail(bytes), reverseDnsLabels(bytes)].map((text) => ({
      name: `${name} as text`,
      text,
    })),
  );
  return [...[...notations].map((text) => ({ name: 'text', text })), ...eui64];
}

/** Pairs, halves of pairs (Cisco) and halves of the address, with each separator, and with none. */
function hexNotations(octets: number[]): string[] {
  const hex = octets.map((octet) => octet.toString(16).padStart(2, '0')).join('');
  const groups = [2, 4, 6].map((size) => hex.match(new RegExp(`.{1,${size}}`, 'g')) ?? []);
  return [hex, ...groups.flatMap((group) => SEPARATORS.map((separator) => group.join(separator)))];
}

/** The last 64 bits of an IPv6 address as RFC 5952 writes them. */
function ipv6Tail(bytes: number[]): string {
  const words = [0, 2, 4, 6].map((at) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  return words.map((word) => word.toString(16)).join(':');
}

/** The interface identifier as the labels of an ip6.arpa name: reversed nibbles, each behind its length (RFC 3596, 2.5). */
function reverseDnsLabels(bytes: number[]): string {
  const nibbles = bytes.flatMap((byte) => [byte >> 4, byte & 0xf]).toReversed();
  return nibbles.map((nibble) => `\u0001${nibble.toString(16)}`).join('');
}

/** The text in one-byte characters and in UTF-16, whose two byte orders share the pattern between first and last character. */
function encodings({ name, text }: { name: string; text: string }): Form[] {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const wide = new Uint8Array(2 * bytes.length - 1);
  for (const [at, byte] of bytes.entries()) wide[2 * at] = byte;
  return [
    { name, bytes, anyCase: true },
    { name: `${name}, UTF-16`, bytes: wide, anyCase: true },
  ];
}
