import { testScenarios } from './prove-scenarios.ts';
import { LIVE_FULL } from './scenarios.ts';

testScenarios(LIVE_FULL);
