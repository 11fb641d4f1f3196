// The suite as a compiled program: one JSON line a case.
import { args, createSystem, exit } from '../../src/system/quickjs.ts';
import { runSuite } from './suite.ts';

const system = createSystem();
const powerless = args().includes('powerless');
runSuite(system, powerless, (outcome) => system.print('stdout', `${JSON.stringify(outcome)}\n`));
exit(0);
