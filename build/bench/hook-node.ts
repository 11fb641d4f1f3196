import process from 'node:process';
import { main } from '../../src/hook/main.ts';
import { createSystem } from '../../src/system/node.ts';

// The same program on Node: the benchmark packs it with pkg, to show what the static binary saves.
process.exitCode = main(createSystem(), {
  args: process.argv.slice(2),
  environment: (name) => process.env[name],
});
