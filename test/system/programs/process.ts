// A program for quickjs.test.ts: does what its first argument says.
import { args, createSystem, environment, exit } from '../../../src/system/quickjs.ts';

const [task, value] = args();
if (task === 'show') {
  const seen = { args: args(), colour: environment('COLOUR'), absent: environment('ABSENT') === undefined };
  createSystem().print('stdout', JSON.stringify(seen));
  exit(0);
}
if (task === 'exit') exit(Number(value));
if (task === 'throw') failing();
if (task === 'recurse') exit(depth(0));
if (task === 'print') createSystem().print('stdout', 'text');

function failing(): void {
  throw new Error('nobody catches this');
}

function depth(level: number): number {
  return depth(level + 1) + 1;
}
