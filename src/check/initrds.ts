import { relative } from 'node:path';
import { CliError, EXIT } from '../cli/errors.ts';
import { findInitrds, noInitrd, unseenKernels } from './find-initrds.ts';
import type { Finding } from './finding.ts';
import { type InitrdSurroundings, type OpenedInitrd, openInitrd } from './initrd.ts';
import type { Place } from './simulate.ts';

/** All initrds of an image, and what is wrong with them. */
export interface OpenedInitrds {
  files: string[];
  places: Place[];
  findings: Finding[];
}

/** Opens the initrds that were named, or those in the root's /boot, of which one that cannot be opened is a finding. */
export async function openInitrds(
  root: string,
  named: string[] | undefined,
  around: InitrdSurroundings,
): Promise<OpenedInitrds> {
  const { files, findings } = named === undefined ? findInitrds(root) : { files: named, findings: [] };
  const places: Place[] = [];
  for (const file of files) {
    const opened = await (named === undefined ? openFound(root, file, around) : openInitrd(file, around));
    findings.push(...opened.findings);
    if ('place' in opened) places.push(opened.place);
  }
  if (files.length === 0) return { files, places, findings: [...findings, noInitrd()] };
  const releases = around.kernels.map(({ release }) => release);
  const inside = places.map(({ modules }) => modules);
  return { files, places, findings: [...findings, ...unseenKernels(releases, inside)] };
}

async function openFound(
  root: string,
  file: string,
  around: InitrdSurroundings,
): Promise<OpenedInitrd | { findings: Finding[] }> {
  try {
    return await openInitrd(file, around);
  } catch (error) {
    if (!(error instanceof CliError) || error.exitCode !== EXIT.input) throw error;
    const where = around.root.show(relative(root, file));
    return { findings: [{ kind: 'initrd-hook', what: error.message, where, cure: error.hint }] };
  }
}
