// Gives spoiled inputs to every parser that reads what others made: node build/fuzz.mjs [--runs N] [--seed S] ...
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundleWorker } from './fuzz/bundle.mjs';
import { fuzz } from './fuzz/fuzz.mjs';
import { printResult } from './fuzz/report.mjs';

const USAGE = `usage: node build/fuzz.mjs [--runs N] [--seconds N] [--seed S] [--target NAME] [--modules FOLDER]
       node build/fuzz.mjs --target NAME --input FILE`;
const OPTIONS = {
  runs: { type: 'string' },
  seconds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  target: { type: 'string', default: '' },
  modules: { type: 'string', default: '' },
  input: { type: 'string' },
};
const RUNS = 200_000;
/** A parser that takes longer for a few kilobytes would take for ever for a whole kernel. */
const LIMIT_MS = 100;

process.chdir(new URL('..', import.meta.url).pathname);
const options = readOptions();
process.exitCode = await main().catch((error) => {
  console.error(`fuzz: ${error.message}`);
  return 2;
});

async function main() {
  const result = await fuzz({ ...options, worker: await bundleWorker(), limit: LIMIT_MS });
  const command = `node build/fuzz.mjs ${process.argv.slice(2).join(' ')}`.trim();
  return printResult(result, { seed: options.seed, command }) ? 0 : 1;
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    const { seed, target: only, modules } = values;
    const seconds = values.seconds === undefined ? null : wholeNumber('seconds', values.seconds);
    const unlimited = seconds === null ? RUNS : 2 ** 31 - 1;
    const runs = values.runs === undefined ? unlimited : wholeNumber('runs', values.runs);
    const input = values.input === undefined ? null : readInput(values.input, only);
    return { seed: wholeNumber('seed', seed), seconds, to: input ? 1 : runs, only, modules, input };
  } catch (error) {
    console.error(`fuzz: ${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}

function wholeNumber(name, text) {
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number < 2 ** 31) return number;
  throw new Error(`--${name} takes a whole number, and got: ${text}`);
}

function readInput(path, target) {
  if (target === '') throw new Error('--input needs --target: the parser to give it to');
  return readFileSync(path);
}
