import { testScenarios } from './prove-scenarios.ts';
import { LIVE } from './scenarios.ts';

testScenarios(LIVE);
