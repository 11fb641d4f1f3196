import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Line } from './line.ts';
import { qmp } from './qmp.ts';
import { waitUntil } from './wait.ts';

/** Firmware of a PC: SeaBIOS, which QEMU brings, or OVMF. */
export type Firmware = 'bios' | 'uefi';

/** A boot by the medium's own boot loader, and what is pressed in its menu. */
export interface MenuBoot {
  firmware: Firmware;
  /** One after the other, by QEMU's names (QKeyCode, as in `down` and `ret`). */
  keys: string[];
}

/** Debian's OVMF for a flash of 4 MB: code, and variables as the firmware leaves the factory. */
const OVMF = { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' };

/** Firmware and boot loader take half a minute without KVM. */
const MENU_LIMIT_SECONDS = 120;
/** A boot loader that still reads its modules leaves the screen alone for two seconds at most. */
const MENU_STANDS_SECONDS = 6;
/** A picture with less in it (PNG) is no menu: an empty screen has 1,600 bytes, and OVMF keeps it for half a minute. */
const LEAST_MENU_BYTES = 4096;
const KEY_STANDS_SECONDS = 1;
const MS = 1000;

/** QEMU's arguments for the firmware; `directory` holds its variables for this boot. */
export function firmwareArguments(firmware: Firmware, directory: string): string[] {
  if (firmware === 'bios') return [];
  const variables = join(directory, 'ovmf-variables');
  copyFileSync(OVMF.variables, variables);
  return [
    ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${OVMF.code}`],
    ...['-drive', `if=pflash,unit=1,format=raw,file=${variables.replaceAll(',', ',,')}`],
  ];
}

/** Waits for the menu, keeps its picture in `picture` (PNG), and presses the keys, each once the last one has shown. */
export async function chooseInMenu(
  line: Line,
  keys: string[],
  picture: string,
  alive: () => void,
): Promise<void> {
  let before = await standingPicture(line, picture, null, MENU_STANDS_SECONDS, alive);
  for (const [at, key] of keys.entries()) {
    await press(line, key);
    // What the last key starts takes the picture away.
    if (at === keys.length - 1) return;
    before = await standingPicture(line, picture, before, KEY_STANDS_SECONDS, alive);
  }
}

async function press(line: Line, key: string): Promise<void> {
  await qmp(line, 'send-key', { keys: [{ type: 'qcode', data: key }] });
}

/** The picture on the screen once it is another one than `before` and has stood still for so long. */
async function standingPicture(
  line: Line,
  file: string,
  before: Buffer | null,
  seconds: number,
  alive: () => void,
): Promise<Buffer> {
  let last: Buffer | null = null;
  let since = performance.now();
  return waitUntil('a boot menu that stands still', MENU_LIMIT_SECONDS, async () => {
    alive();
    await qmp(line, 'screendump', { filename: file, format: 'png' });
    const now = readFileSync(file);
    const isMenu = now.length >= LEAST_MENU_BYTES && !before?.equals(now);
    if (!isMenu || last === null || !now.equals(last)) {
      last = now;
      since = performance.now();
      return null;
    }
    return performance.now() - since > seconds * MS ? now : null;
  });
}
