import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of shell programs with these bodies, to stand in front of PATH or in its place. */
export function fakePrograms(bodies: Record<string, string>): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'macveil-fake-'));
  for (const [name, body] of Object.entries(bodies)) {
    writeFileSync(join(path, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
