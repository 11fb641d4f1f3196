import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importProblems } from '../../build/lint/imports.mjs';

const FORBIDDEN: [string, string][] = [
  ['src/core/plan.ts', `import { readFileSync } from 'node:fs';`],
  ['src/core/plan.ts', `import kleur from 'kleur';`],
  ['src/core/plan.ts', `import type { System } from '../system/system.ts';`],
  ['src/core/plan.ts', `export { x } from '../paths.ts';`],
  ['src/system/node.ts', `import { run } from '../hook/run.ts';`],
  ['src/hook/run.ts', `import process from 'node:process';`],
  ['src/hook/run.ts', `import { CliError } from '../cli/errors.ts';`],
  ['src/hook/commands/early.ts', `import { enumerateRoot } from '../../modules/enumerate.ts';`],
  ['src/modules/elf.ts', `import { rootOption } from '../cli/options.ts';`],
  ['src/prove/prove.ts', `const { x } = await import('../install/install.ts');`],
  ['src/cli/errors.ts', `import { installCommand } from './install.ts';`],
  ['src/cli/install.ts', `import { scratch } from '../../test/install/fixture.ts';`],
  ['src/paths.ts', `import { x } from './core/mac.ts';`],
];

const ALLOWED: [string, string][] = [
  ['src/core/plan.ts', `import type { Link } from './link.ts';`],
  ['src/system/node.ts', `import { readFileSync } from 'node:fs';`],
  ['src/hook/commands/early.ts', `import { DECISION } from '../../paths.ts';`],
  ['src/modules/elf.ts', `import { CliError } from '../cli/errors.ts';`],
  ['src/modules/policy.ts', `import text from '../../modprobe/never-blocked.txt';`],
  ['src/cli/install.ts', `import { prove } from '../prove/prove.ts';`],
];

for (const [path, text] of FORBIDDEN) {
  test(`${path} may not say: ${text}`, () => {
    assert.is(importProblems(path, text).length, 1);
  });
}

for (const [path, text] of ALLOWED) {
  test(`${path} may say: ${text}`, () => {
    assert.equal(importProblems(path, text), []);
  });
}

test('an import over several lines is seen', () => {
  assert.is(importProblems('src/core/plan.ts', `import {\n  a,\n  b,\n} from 'node:fs';`).length, 1);
});

test('a folder that no layer names is a problem', () => {
  assert.match(importProblems('src/extra/file.ts', '').join(), 'in no layer');
});

test.run();
