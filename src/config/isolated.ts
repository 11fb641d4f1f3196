import type { MessagePort } from 'node:worker_threads';

/** What a configuration exports: its default export, undefined when it has none. */
export interface Evaluation {
  value: { default: unknown } | undefined;
}

/** Why Node could not link a module; nothing of it has run. */
export interface Unlinked {
  unlinked: string;
  /** True when it imports what is not there, or Node has no loader for it; false for an error of syntax. */
  isMissing: boolean;
}

/** What the thread of a configuration sends. */
export type Answer = Evaluation | Unlinked | { failure: string };

/** The program of that thread, as text: the command line is one file, and has no second one to start. */
export function isolatedProgram(): string {
  return `${[main, exported, plain, describe].map(String).join('\n')}\n${main.name}();`;
}

// What follows runs from its text: it can use nothing from outside these four functions.

function main(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const send = (answer: Answer) => (parentPort as MessagePort).postMessage(answer);
  import(workerData.url)
    // A rejection that nobody handles is told after this turn: it comes first.
    .then((module) => new Promise((resolve) => setImmediate(resolve, module)))
    .then((module) => send(exported(module as object)))
    .catch((error) => send(describe(error)));
}

function exported(module: object): Evaluation {
  const isThere = Object.hasOwn(module, 'default');
  return { value: isThere ? { default: plain((module as { default: unknown }).default) } : undefined };
}

/** Lists and plain objects as they are; of anything else that cannot be sent, or changes on the way, a map, which no key takes. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'function' || typeof value === 'symbol') return new Map();
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return new Map();
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function describe(error: unknown): Answer {
  const { message, stack, code } = Object(error);
  const words = String(message ?? error);
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNKNOWN_FILE_EXTENSION';
  // With a frame of code that was read from a file or an address, part of the configuration has run.
  const hasRun = /^ +at .*(?:file:|data:|[( ]\/)/m.test(String(stack));
  const isSyntax = error instanceof SyntaxError && !hasRun;
  return isMissing || isSyntax ? { unlinked: words, isMissing } : { failure: words };
}
