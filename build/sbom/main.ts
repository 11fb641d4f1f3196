import { readFileSync, writeFileSync } from 'node:fs';
import { billDifferences } from './compare.ts';
import { formatBill } from './document.ts';
import { executablePart } from './executable-part.ts';
import { hookPart } from './hook-part.ts';

/** Where the bills stand, and what of. */
export const BILLS = { hook: 'dist/macveil-hook.cdx.json', executable: 'dist/macveil.cdx.json' };

/** Both bills of materials, as JSON; an Error when a product is not what the sources give. */
export async function makeBills(): Promise<Record<keyof typeof BILLS, string>> {
  const hook = await hookPart();
  return { hook: formatBill(hook), executable: formatBill(await executablePart(hook)) };
}

/** Makes both bills of materials and writes them. */
export async function writeBills(): Promise<void> {
  const bills = await makeBills();
  for (const name of ['hook', 'executable'] as const) {
    writeFileSync(BILLS[name], bills[name]);
    console.log(`wrote ${BILLS[name]}`);
  }
}

/** How the bills that are there differ from what is inside, a sentence each. */
export async function checkBills(): Promise<string[]> {
  const bills = await makeBills();
  return (['hook', 'executable'] as const).flatMap((name) =>
    billDifferences(readFileSync(BILLS[name], 'utf8'), bills[name]).map((text) => `${BILLS[name]}: ${text}`),
  );
}
