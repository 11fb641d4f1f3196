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

/** Firmware and boot loader take up to a minute without KVM. */
const MENU_LIMIT_SECONDS = 180;
/** How long a picture must stay the same before it counts: a boot loader paints its menu in steps. */
const STANDS_MS = 1000;
/** How long a menu may take to show what a key did. */
const ANSWER_MS = 3000;

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
  const screen = { line, picture, alive };
  await waitUntil('a boot menu that answers', MENU_LIMIT_SECONDS, () => answers(screen));
  for (const [at, key] of keys.entries()) {
    const before = await standing(screen);
    await press(line, key);
    // What the last key starts takes the picture away.
    if (at < keys.length - 1)
      await waitUntil(`the menu to show ${key}`, MENU_LIMIT_SECONDS, () => differs(screen, before));
  }
}

/** Where pictures come from, and go to. */
interface Screen {
  line: Line;
  picture: string;
  alive: () => void;
}

/**
 * Whether there is a menu: one key moves the choice, the other moves it back to where it was. Nothing else on a screen at
 * boot does that, and both together change nothing, even if they are read late.
 */
async function answers(screen: Screen): Promise<true | null> {
  const before = await standing(screen);
  await press(screen.line, 'down');
  const moved = await changed(screen, (now) => !now.equals(before));
  await press(screen.line, 'up');
  return (moved && (await changed(screen, (now) => now.equals(before)))) || null;
}

/** Whether the screen comes to show this within the time for an answer. */
async function changed(screen: Screen, isIt: (now: Buffer) => boolean): Promise<boolean> {
  const end = performance.now() + ANSWER_MS;
  while (performance.now() < end) if (isIt(await look(screen))) return true;
  return false;
}

async function differs(screen: Screen, before: Buffer): Promise<true | null> {
  return !(await look(screen)).equals(before) || null;
}

/** The picture on the screen once it has stood still. */
async function standing(screen: Screen): Promise<Buffer> {
  let last = await look(screen);
  let since = performance.now();
  return waitUntil('a screen that stands still', MENU_LIMIT_SECONDS, async () => {
    const now = await look(screen);
    if (!now.equals(last)) {
      last = now;
      since = performance.now();
    }
    return performance.now() - since > STANDS_MS ? now : null;
  });
}

async function look({ line, picture, alive }: Screen): Promise<Buffer> {
  alive();
  await qmp(line, 'screendump', { filename: picture, format: 'png' });
  return readFileSync(picture);
}

async function press(line: Line, key: string): Promise<void> {
  await qmp(line, 'send-key', { keys: [{ type: 'qcode', data: key }] });
}
