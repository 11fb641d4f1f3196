// The suite on Node: one JSON line a case.
import process from 'node:process';
import { createSystem } from '../../src/system/node.ts';
import { runSuite } from './suite.ts';

const system = createSystem();
const powerless = process.argv.includes('powerless');
runSuite(system, powerless, (outcome) => system.print('stdout', `${JSON.stringify(outcome)}\n`));
