import { EARLY } from './early-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(EARLY);
