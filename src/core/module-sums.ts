/** The sum of a kernel's modules.dep when the list was made; `crc` is CRC-32 in eight hexadecimal digits. */
export interface ModuleSum {
  release: string;
  crc: string;
}

/** The sums as text: a line each, the sum and the release, as cksum(1) prints them. */
export function formatSums(sums: ModuleSum[]): string {
  return sums.map(({ release, crc }) => `${crc} ${release}\n`).join('');
}

/** Whether the text has this sum for this release: then all that can be loaded by name was there when the list was made. */
export function hasSum(text: string, { release, crc }: ModuleSum): boolean {
  return text.split('\n').includes(`${crc} ${release}`);
}
