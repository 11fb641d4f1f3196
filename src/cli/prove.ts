import { statSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';
import type { CommandModule } from 'yargs';
import { DECISIONS, type Decision } from '../core/decision.ts';
import type { BootSource } from '../prove/boot-source.ts';
import { decisionScenario } from '../prove/decision-scenarios.ts';
import {
  ALL_NIC_MODELS,
  FURTHER_MODELS,
  MAX_NICS,
  NIC_MODELS,
  type NicModel,
  parseNicModels,
} from '../prove/nics.ts';
import { type ProgressDisplay, showProgress } from '../prove/progress.ts';
import { type ProofResult, prove } from '../prove/prove.ts';
import { formatProof } from '../prove/table.ts';
import { CliError, EXIT } from './errors.ts';
import { helpHead, oneOfWords, singleValue, textOption } from './options.ts';

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

/** What a user, a service manager and a closed terminal end a program with. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const HEAD = {
  command: 'prove',
  describe: 'Boot an image in QEMU and search every frame it sends for a real address',
};

const EPILOGUE = [
  `Cards: ${namesOf(NIC_MODELS)}; only when named: ${namesOf(FURTHER_MODELS)}. A card may be named more than once, up to ${MAX_NICS} in all.`,
  'What is judged, and how: docs/proof.md.',
  'Exit codes: 0 every card keeps the rule; 1 one does not, or the guest did not do its part; 2 wrong arguments; ' +
    '3 a file is missing, or no live ISO or kernel; 4 QEMU or xorriso is missing or failed; ' +
    '5 reading or writing failed (full disk, no permission); 130 ended by Ctrl-C (129 by SIGHUP, 143 by SIGTERM).',
].join('\n\n');

const OPTIONS = {
  image: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Live ISO to boot, or the disk to give to --kernel and --initrd',
    coerce: singleValue('image'),
  },
  kernel: textOption('kernel', 'Kernel to boot instead of the one in the ISO; needs --initrd'),
  initrd: textOption('initrd', 'Initrd to boot instead of the one in the ISO; needs --kernel'),
  decision: {
    type: 'string',
    requiresArg: true,
    coerce: oneOfWords('decision', DECISIONS),
    default: 'spoof' as Decision,
    describe: `Decision to put on the kernel command line and to judge by: ${DECISIONS.join(', ')}`,
  },
  nics: {
    type: 'string',
    requiresArg: true,
    default: NIC_MODELS.map(({ name }) => name).join(','),
    defaultDescription: 'one of every family',
    describe: 'Cards to put into the machine, joined by commas (see below)',
    coerce: singleValue('nics', 'cards, joined by commas'),
  },
  append: {
    type: 'string',
    default: '',
    describe: 'More words for the kernel command line',
    coerce: once('append'),
  },
  evidence: textOption('evidence', 'Folder for console log, captures and report [.cache/evidence/DECISION]'),
  json: { type: 'boolean', default: false, describe: 'Print the report as JSON instead of the table' },
} as const;

/** `macveil prove`. */
export const proveCommand: CommandModule<object, ProveArguments> = {
  ...HEAD,
  builder: (yargs) =>
    yargs
      .usage(helpHead(HEAD, '--image FILE [OPTIONS]'))
      .options(OPTIONS)
      .example('$0 prove --image live.iso', 'Ten cards, anonymous: no frame may show a real address')
      .example('$0 prove --image live.iso --decision keep', 'The control: real addresses must be found')
      .epilogue(EPILOGUE),
  handler: runProve,
};

async function runProve(args: ProveArguments): Promise<void> {
  const source = bootSource(args);
  const scenario = decisionScenario(args.decision, knownNics(args.nics));
  const display = showProgress(process.stderr);
  for (const signal of ENDING_SIGNALS) process.once(signal, () => stopped(display, signal));
  const result = await prove(source, scenario, {
    append: args.append,
    ...(args.evidence ? { evidence: args.evidence } : {}),
    onProgress: display.report,
  }).finally(display.stop);
  printResult(result, args.json);
  process.exitCode = result.ok ? EXIT.ok : EXIT.findings;
}

// An orderly exit ends QEMU and takes temporary files away; death by the signal would not. The code is the shell's own.
function stopped(display: ProgressDisplay, signal: (typeof ENDING_SIGNALS)[number]): never {
  display.stop();
  process.exit(128 + constants.signals[signal]);
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
  if (unknown.length > 0) {
    const hint = `the cards are ${namesOf(ALL_NIC_MODELS)}`;
    throw new CliError(EXIT.usage, `--nics: unknown card "${unknown.join('", "')}"`, hint);
  }
  if (models.length > MAX_NICS) {
    const hint = 'prove the others in a second run';
    throw new CliError(EXIT.usage, `--nics: ${models.length} cards, and there is room for ${MAX_NICS}`, hint);
  }
  return models.map(({ name }) => name);
}

function namesOf(models: readonly NicModel[]): string {
  return models.map(({ name }) => name).join(', ');
}

/** For an option whose value may be empty, or is checked by yargs: refuses only that it is given twice. */
function once(name: string): (value: unknown) => string {
  return (value) => (Array.isArray(value) ? singleValue(name)(value) : String(value));
}
