import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findMirror } from '../../build/image/mirror.mjs';
import { skipTest } from '../skip.ts';

// As `apt-get indextargets` prints them; build/image/mirror.mjs must come to the same answer for each.
const CASES: { title: string; rows: string[]; archive: string | undefined }[] = [
  {
    title: 'the archive that says it is Debian is taken, also behind others',
    rows: ['tools:/debian/|stable|main|Somebody', 'mirror:/packages/|bookworm|main|Debian'],
    archive: 'mirror:/packages/',
  },
  {
    title: 'an archive that only holds updates is passed over',
    rows: ['mirror:/updates/|trixie-updates|main|Debian', 'mirror:/all/|trixie|main|Debian'],
    archive: 'mirror:/all/',
  },
  {
    title: 'before the first update of apt the path tells which archive is Debian',
    rows: ['tools:/apt/|stable|main|$(ORIGIN)', 'mirror:/debian/|trixie|main|$(ORIGIN)'],
    archive: 'mirror:/debian/',
  },
  {
    title: 'a host without a Debian archive has none',
    rows: ['tools:/apt/|stable|main|Somebody', 'mirror:/debian/|trixie|contrib|Debian'],
    archive: undefined,
  },
];

const keyring = ['gpg', 'pgp'].some((kind) =>
  existsSync(`/usr/share/keyrings/debian-archive-keyring.${kind}`),
);
if (!keyring) skipTest(test, 'fetching QuickJS', 'the package debian-archive-keyring is not installed');
else {
  for (const { title, rows, archive } of CASES) {
    test(`QuickJS: ${title}`, () => {
      assert.is(fetchedFrom(rows), archive);
      assert.is(findMirror(rows.join('\n')), archive);
    });
  }
}

// An apt-get that knows these sources, shows the one it is asked to update from, and then fails.
function fetchedFrom(rows: string[]): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'macveil-fetch-'));
  const apt = `#!/bin/sh
[ "$1" != indextargets ] || { cat '${directory}/targets'; exit; }
cat "${directory}"/apt.*/sources.list >&2
exit 1
`;
  try {
    writeFileSync(join(directory, 'targets'), `${rows.join('\n')}\n`);
    writeFileSync(join(directory, 'apt-get'), apt, { mode: 0o755 });
    const env = { ...process.env, PATH: `${directory}:${process.env.PATH}` };
    const { stderr } = spawnSync('sh', ['build/quickjs/fetch.sh', directory], { encoding: 'utf8', env });
    return /^deb-src \[[^\]]*\] (\S+) trixie main$/m.exec(stderr)?.[1];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.run();
