import { INTERFERENCE } from './interference-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(INTERFERENCE);
