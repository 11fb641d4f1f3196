import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CommandResult, errorLines, macveil } from './run.ts';

const COMMANDS = ['blocklist', 'compile', 'install', 'uninstall', 'check', 'prove'];

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
  { args: ['--', 'install', '--root', '/a'], message: /no command takes anything after --: install/ },
];

for (const { args, message } of WRONG) {
  test(`wrong arguments are one error and exit code 2: macveil ${args.join(' ')}`, () => {
    assert.is(errorLines(assertUsage(args, message)).length, 1);
  });
}

/** What each command needs at least. */
const NEEDED: Record<string, string[]> = { compile: [], prove: ['--image', '/a'] };
const DIR = ['--root', '/a'];

test('the flags of a command are found in its help', () => {
  assert.equal(flagsOf('blocklist').sort(), ['json', 'no-cache', 'no-config', 'strict']);
});

for (const command of COMMANDS) {
  const args = NEEDED[command] ?? DIR;

  test(`${command} loses nothing that stands after --`, () => {
    assertUsage([command, ...args, '--', '--dry-run'], /no command takes anything after --: --dry-run\n/);
  });

  for (const flag of flagsOf(command)) {
    test(`${command} --${flag} is given as one value, and as nothing else`, () => {
      const call = [command, ...args];
      assertUsage([...call, `--${flag}`, `--${flag}=false`], new RegExp(`--${flag} is given as true and as`));
      assertUsage(
        [...call, `--${flag}`, 'false', `--${flag}`],
        new RegExp(`--${flag} is given as true and as`),
      );
      assertUsage([...call, `--${flag}.x=true`], new RegExp(`unknown argument: --${flag}\\.x`));
    });
  }
}

test('a flag may have its value as the next word, and only one', () => {
  assertUsage(['check', '--root', '/a', '--json', 'false', '--json'], /--json is given as true and as false/);
});

test('a flag in two spellings is one flag', () => {
  const args = ['install', '--root', '/a', '--dry-run', '--dryRun=false'];
  assertUsage(args, /--dry-run is given as true and as false/);
});

const HINTS: [string[], string][] = [
  [['blocklist', '--root', ''], 'write --root followed by a path'],
  [['blocklist', '--root', '/a', '--config', 'a', '--config', 'b'], 'give --config once'],
  [['blocklist', '--root', '/a', '--allow='], 'write --allow followed by MODULE'],
  [['blocklist', '--root', '/a', '--explain='], 'write --explain followed by MODULE'],
  [['install', '--root', '/a', '--dry-run=yes'], 'write --dry-run, or leave it out'],
  [['prove', '--image', '/a', '--nics='], 'write --nics followed by cards'],
];

for (const [args, hint] of HINTS) {
  test(`an error in the value of an option says what to write: macveil ${args.join(' ')}`, () => {
    assertUsage(args, new RegExp(`hint: ${hint}`));
  });
}

test('options that exclude each other are both named as they are typed', () => {
  const args = ['blocklist', '--root', '/a', '--explain', 'tun', '--output', 'list'];
  assertUsage(args, /--explain and --output contradict each other/);
});

test('a value that is none of those there are is named with its option', () => {
  assertUsage(
    ['prove', '--image', '/a', '--decision', 'no'],
    /--decision cannot be "no"\n +hint: .* one of "spoof", "keep"/,
  );
});

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

function flagsOf(command: string): string[] {
  const options = macveil(command, '--help').stdout.split(/\n +(?=-)/);
  const flags = options.flatMap((text) => /^--([a-z-]+).*\[boolean\]/s.exec(text)?.[1] ?? []);
  return flags.filter((name) => name !== 'version');
}

function assertUsage(args: string[], message: RegExp): CommandResult {
  const result = macveil(...args);
  assert.equal([result.exitCode, result.stdout], [2, ''], result.stderr);
  assert.match(result.stderr, message);
  return result;
}

test.run();
