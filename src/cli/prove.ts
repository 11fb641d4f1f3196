import { statSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import type { Decision } from '../core/decision.ts';
import type { BootSource } from '../prove/boot-source.ts';
import { decisionScenario } from '../prove/decision-scenarios.ts';
import { NIC_MODELS, parseNicModels } from '../prove/nics.ts';
import { type ProgressDisplay, showProgress } from '../prove/progress.ts';
import { type ProofResult, prove } from '../prove/prove.ts';
import { formatProof } from '../prove/table.ts';
import { CliError, EXIT } from './errors.ts';
import { singleValue } from './options.ts';

interface ProveArguments {
  image: string;
  kernel: string | undefined;
  initrd: string | undefined;
  decision: Decision;
  nics: string;
  append: string;
  evidence: string | undefined;
  json: boolean;
}

/** The shell's code for a program ended by Ctrl-C: 128 + SIGINT. */
const INTERRUPTED = 130;
const DECISIONS: Decision[] = ['spoof', 'keep', 'ask', 'offline'];

const text = (name: string, describe: string) =>
  ({ type: 'string', requiresArg: true, describe, coerce: optional(singleValue(name)) }) as const;

const OPTIONS = {
  image: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Live ISO to boot, or the disk to give to --kernel and --initrd',
    coerce: singleValue('image'),
  },
  kernel: text('kernel', 'Kernel to boot instead of the one in the ISO; needs --initrd'),
  initrd: text('initrd', 'Initrd to boot instead of the one in the ISO; needs --kernel'),
  decision: {
    choices: DECISIONS,
    default: 'spoof' as Decision,
    describe: 'Decision to put on the kernel command line and to judge by',
  },
  nics: {
    type: 'string',
    requiresArg: true,
    default: NIC_MODELS.map(({ name }) => name).join(','),
    defaultDescription: 'all there are',
    describe: 'Cards to put into the machine, joined by commas',
    coerce: singleValue('nics'),
  },
  append: { type: 'string', default: '', describe: 'More words for the kernel command line' },
  evidence: text('evidence', 'Folder for console log, captures and report [.cache/evidence/DECISION]'),
  json: { type: 'boolean', default: false, describe: 'Print the report as JSON instead of the table' },
} as const;

/** `macveil prove`. */
export const proveCommand: CommandModule<object, ProveArguments> = {
  command: 'prove',
  describe: 'Boot an image in QEMU and search every frame it sends for a real address',
  builder: (yargs) =>
    yargs
      .usage('Usage: $0 prove --image FILE [OPTIONS]')
      .options(OPTIONS)
      .example('$0 prove --image live.iso', 'Ten cards, anonymous: no frame may show a real address')
      .example('$0 prove --image live.iso --decision keep', 'The control: real addresses must be found')
      .epilogue('Exit code 0 only if every card keeps the rule; 1 if one does not. See docs/proof.md.'),
  handler: runProve,
};

async function runProve(args: ProveArguments): Promise<void> {
  const source = bootSource(args);
  const scenario = decisionScenario(args.decision, knownNics(args.nics));
  const display = showProgress(process.stderr);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped(display));
  const result = await prove(source, scenario, {
    append: args.append,
    ...(args.evidence ? { evidence: args.evidence } : {}),
    onProgress: display.report,
  }).finally(display.stop);
  printResult(result, args.json);
  process.exitCode = result.ok ? EXIT.ok : EXIT.findings;
}

// An orderly exit ends QEMU and takes temporary files away; death by the signal would not.
function stopped(display: ProgressDisplay): never {
  display.stop();
  process.exit(INTERRUPTED);
}

function printResult(result: ProofResult, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : formatProof(result));
}

function bootSource({ image, kernel, initrd }: ProveArguments): BootSource {
  for (const path of [image, kernel, initrd]) requireFile(path);
  if (kernel && initrd) return { kind: 'files', kernel, initrd, image };
  if (!kernel && !initrd) return { kind: 'iso', image };
  const missing = kernel ? '--initrd' : '--kernel';
  throw new CliError(EXIT.usage, `${missing} is missing`, 'name --kernel and --initrd together, or neither');
}

function requireFile(path: string | undefined): void {
  if (path === undefined) return;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() || stat?.isBlockDevice()) return;
  const problem = stat ? 'is not a file' : 'no such file';
  const hint = 'check the path; "npm run demo" builds an image to try';
  throw new CliError(EXIT.input, `${path}: ${problem}`, hint);
}

function knownNics(list: string): string[] {
  const { models, unknown } = parseNicModels(list);
  if (unknown.length === 0) return models.map(({ name }) => name);
  const names = NIC_MODELS.map(({ name }) => name).join(', ');
  throw new CliError(EXIT.usage, `--nics: unknown card ${unknown.join(', ')}`, `the cards are ${names}`);
}

function optional<T>(coerce: (value: unknown) => T): (value: unknown) => T | undefined {
  return (value) => (value === undefined ? undefined : coerce(value));
}
