import { testScenarios } from './prove-scenarios.ts';
import { SETBACKS } from './setback-scenarios.ts';

testScenarios(SETBACKS);
