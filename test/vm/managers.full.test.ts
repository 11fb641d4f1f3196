import { MANAGERS, SYSCTL } from './managers-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios([...MANAGERS, ...SYSCTL]);
