import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Where inputs that show something are kept. */
const FINDINGS = '.cache/fuzz/findings';
/** A run that takes this long will not end by itself; its worker is stopped, and another goes on behind it. */
const STUCK_MS = 5000;
const LOOK_MS = 250;
/** The same fault shows again and again: more findings than this say nothing new. */
const MAX_FINDINGS = 10;
/** Each is lost to a run that does not end: so many are enough to see that it is so. */
const MAX_WORKERS = 5;
/** Objects of the parsers and of this program itself: far above what real work takes, far below what harms a machine. */
const HEAP_MIB = 512;

/**
 * Gives spoiled inputs to parsers in a worker of its own (`worker` is its file) and watches it: what it finds, whether it
 * ends, how much memory it holds. All it does follows from `seed`, except for times.
 */
export async function fuzz(options) {
  const started = Date.now();
  const seconds = options.seconds ?? null;
  const shared = { ...options, started, deadline: seconds === null ? null : started + 1000 * seconds };
  /** @type {import('./protocol.ts').Result} */
  const result = {
    findings: [],
    memory: [],
    worst: { run: 0, target: '', milliseconds: 0 },
    runs: 0,
    seconds: 0,
  };
  for (let workers = 0; result.runs < options.to && workers < MAX_WORKERS && !isFull(result); workers++)
    result.runs = await runWorker({ ...shared, from: result.runs }, result);
  result.seconds = (Date.now() - started) / 1000;
  return result;
}

function isFull({ findings }) {
  return findings.length >= MAX_FINDINGS;
}

/** Answers how many runs are done now. */
async function runWorker(work, result) {
  const current = new SharedArrayBuffer(4);
  const worker = startWorker(work, current);
  const { end, problem } = await watch(worker, current, result, work.stuckMs ?? STUCK_MS);
  if (end !== null) return end;
  // The worker did not come to its end: whatever it was doing is the finding.
  const run = new Int32Array(current)[0];
  const { target, input } = await inputOf({ ...work, from: run });
  note(result, { run, target, problem, input });
  return run + 1;
}

function startWorker(work, current) {
  const { worker, seed, from, to, started, deadline, limit, modules = '', only = '', input = null } = work;
  const { inputOnly = false, heapMib = HEAP_MIB } = work;
  const workerData = { seed, from, to, started, deadline, limit, modules, only, input, inputOnly, current };
  return new Worker(resolve(worker), { workerData, resourceLimits: { maxOldGenerationSizeMb: heapMib } });
}

/** Waits until the worker is done, fails, or hangs in one run. */
function watch(worker, current, result, stuckMs) {
  return new Promise((resolve) => {
    const ticker = setInterval(
      lookForProgress(current, stuckMs, () => stop('does not end')),
      LOOK_MS,
    );
    const stop = (problem, end = null) => {
      clearInterval(ticker);
      worker.removeAllListeners();
      worker.on('error', () => {});
      worker.terminate().then(() => resolve({ end, problem }));
    };
    worker.on('message', (message) => {
      if (message.kind === 'finding') note(result, message.finding);
      if (message.kind === 'memory') result.memory[message.quarter] = message.memory;
      if (message.kind === 'done') takeEnd(message, result, stop);
      else if (isFull(result)) stop('', message.finding.run + 1);
    });
    worker.on('error', (error) => stop(error.stack ?? String(error)));
    worker.on('exit', (code) => stop(`ended the whole program with exit code ${code}`));
  });
}

function takeEnd({ run, worst }, result, stop) {
  if (worst.milliseconds > result.worst.milliseconds) result.worst = worst;
  stop('', run);
}

function lookForProgress(current, stuckMs, onStuck) {
  let last = -1;
  let since = Date.now();
  return () => {
    const run = Atomics.load(new Int32Array(current), 0);
    if (run !== last) since = Date.now();
    last = run;
    if (Date.now() - since > stuckMs) onStuck();
  };
}

/** Another worker makes the input again: the one that hangs cannot be asked. */
function inputOf(work) {
  if (work.input) return Promise.resolve({ target: work.only, input: work.input });
  return new Promise((resolve, reject) => {
    const worker = startWorker({ ...work, inputOnly: true }, new SharedArrayBuffer(4));
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

/** The same fault in the same place counts once. */
function note({ findings }, finding) {
  const key = `${finding.target}: ${faultOf(finding.problem)}`;
  const known = findings.find((one) => one.key === key);
  if (known) known.times++;
  else findings.push({ ...finding, key, times: 1 });
}

/** Kind and place of a fault, without the values that differ from run to run. */
function faultOf(problem) {
  const place = /\n\s+at .*/.exec(problem)?.[0] ?? '';
  return place === '' ? problem.replace(/\d+/g, 'N') : problem.split(/[:\n]/, 1)[0] + place;
}

/** Writes a finding's input to a file; answers its path. */
export function saveFinding({ target, run, input }, seed, folder = FINDINGS) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${target.replaceAll(/[^a-z0-9]+/g, '-')}-${seed}-${run}`);
  writeFileSync(path, input);
  return path;
}
