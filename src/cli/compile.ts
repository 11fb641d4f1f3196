import { existsSync } from 'node:fs';
import kleur from 'kleur';
import type { ArgumentsCamelCase, CommandModule } from 'yargs';
import { compileHook } from '../compile/compile.ts';
import { defaultEntry, defaultOutput, runtimeSources } from '../compile/places.ts';
import { DEFAULT_HOOK_POLICY, HOOK_POLICY_VALUES, type HookPolicy } from '../core/hook-policy.ts';
import { EMBEDDED } from './embedded.ts';
import { CliError, EXIT } from './errors.ts';
import { helpHead, textOption } from './options.ts';

interface CompileArguments extends HookPolicy {
  output: string | undefined;
  entry: string | undefined;
}

const HELP = {
  command: 'compile',
  describe: 'Build the boot-side program: one static executable, with the policy inside',
};

const EPILOGUE = [
  'The first run fetches QuickJS with apt and builds the runtime (about ten seconds); later ones take it from the cache. An older executable stays until the new one is whole.',
  'Exit codes: 0 compiled; 2 wrong arguments; 3 the source file is missing or wrong; 4 a compiler, apt or esbuild is missing or failed; 5 reading or writing failed (full disk, no permission).',
].join('\n\n');

/** `macveil compile`: the boot-side program, from TypeScript to a static executable. */
export const compileCommand: CommandModule<object, CompileArguments> = {
  ...HELP,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HELP, '[OPTIONS]'))
      .option(
        'output',
        textOption('output', "File to write (default: dist/macveil-hook in macveil's own folder)"),
      )
      .option('guard', {
        choices: HOOK_POLICY_VALUES.guard,
        default: DEFAULT_HOOK_POLICY.guard,
        describe:
          'Whether a card whose egress guard (nftables) cannot be had is used and reported, or put away',
      })
      .option('mute', {
        choices: HOOK_POLICY_VALUES.mute,
        default: DEFAULT_HOOK_POLICY.mute,
        describe: 'How long new interfaces are born mute; "boot" is for images with containers',
      })
      .option('entry', textOption('entry', 'TypeScript file to compile (default: the hook itself)'))
      .example('$0 compile', 'Write dist/macveil-hook, which macveil install takes')
      .example('$0 compile --guard required', 'No card is used without a guard')
      .epilogue(EPILOGUE),
  handler: compile,
};

async function compile(args: ArgumentsCamelCase<CompileArguments>): Promise<void> {
  // Of Debian's package too the compiled hook alone is a part.
  if (EMBEDDED !== null || !existsSync(runtimeSources())) throw cannotCompile();
  const output = args.output ?? defaultOutput();
  const { bytes } = await compileHook({
    entry: args.entry ?? defaultEntry(),
    output,
    policy: { guard: args.guard, mute: args.mute },
  });
  console.log(`${kleur.green('compiled')} ${output}: ${(bytes / 1024).toFixed(0)} KiB`);
}

function cannotCompile(): CliError {
  return new CliError(
    EXIT.tool,
    'this macveil carries a compiled hook, and not what compiling needs',
    'install that one, or compile with macveil from npm or its package (dist/macveil.mjs)',
  );
}
