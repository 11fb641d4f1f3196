import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { errorLines, macveil } from './run.ts';

const COMMANDS = ['blocklist', 'compile', 'install', 'uninstall', 'prove'];

const WRONG: { args: string[]; message: RegExp }[] = [
  { args: [], message: /no command is given/ },
  { args: ['foo'], message: /unknown command: foo/ },
  { args: ['--foo'], message: /no command is given/ },
  { args: ['install'], message: /Missing required argument: --root/ },
  { args: ['install', '--root'], message: /Not enough arguments following: --root/ },
  { args: ['install', '--root', ''], message: /--root has no value/ },
  { args: ['install', '--root', '/a', '--root', '/b'], message: /--root is given 2 times/ },
  { args: ['install', '--root', '/a', '--rot', '/b'], message: /unknown argument: --rot\n/ },
  { args: ['install', '--root', '/a', '--no-such=1'], message: /unknown argument: --no-such\n/ },
  { args: ['install', '--root', '/a', '-x'], message: /unknown argument: -x\n/ },
  { args: ['install', '--root', '/a', 'extra'], message: /unknown argument: extra\n/ },
  { args: ['install', '--root', '/a', '--dry-run=yes'], message: /--dry-run takes no value/ },
  { args: ['uninstall'], message: /Missing required argument: --root/ },
  { args: ['blocklist'], message: /Missing required argument: --root/ },
  { args: ['prove'], message: /Missing required argument: --image/ },
];

for (const { args, message } of WRONG) {
  test(`wrong arguments are one error and exit code 2: macveil ${args.join(' ')}`, () => {
    const result = macveil(...args);
    assert.is(result.exitCode, 2);
    assert.is(errorLines(result).length, 1);
    assert.match(result.stderr, message);
    assert.is(result.stdout, '');
  });
}

test('a mistyped command names the one that was probably meant', () => {
  assert.match(macveil('instal').stderr, /Did you mean install\?/);
});

test('the help lists every command', () => {
  const { exitCode, stdout } = macveil('--help');
  assert.is(exitCode, 0);
  for (const command of COMMANDS) assert.match(stdout, `macveil ${command} `);
});

// One word of what each command says it does; the help of one shall say no less than the list of all.
for (const [command, word] of [
  ['blocklist', 'List every kernel module'],
  ['compile', 'Build the boot-side program'],
  ['install', 'Put blocklist, hook and integrations'],
  ['uninstall', 'Take away again'],
] as const) {
  test(`the help of ${command} says what it does, and what DIR is where its usage names it`, () => {
    const { stdout } = macveil(command, '--help');
    assert.match(stdout, word);
    if (/^Usage: .*DIR/m.test(stdout)) assert.match(stdout, 'DIR: ');
  });
}

for (const command of COMMANDS) {
  test(`the help of ${command} has options and an example`, () => {
    const { exitCode, stdout } = macveil(command, '--help');
    assert.is(exitCode, 0);
    assert.match(stdout, `Usage: macveil ${command} `);
    assert.match(stdout, 'Options:');
    assert.match(stdout, 'Examples:');
    assert.match(stdout, /exit code/i);
  });
}

test('no line of the help is wider than a hundred columns', () => {
  const lines = COMMANDS.flatMap((command) => macveil(command, '--help').stdout.split('\n'));
  assert.equal(
    lines.filter((line) => line.length > 100),
    [],
  );
});

test('the version is a version', () => {
  assert.match(macveil('--version').stdout, /^\d+\.\d+\.\d+\n$/);
});

test('there are no colours when output is not a terminal', () => {
  assert.not.match(macveil('foo').stderr, '\x1b');
});

test.run();
