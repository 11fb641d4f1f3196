import { testScenarios } from './prove-scenarios.ts';
import { WIRELESS } from './wireless-scenarios.ts';

testScenarios(WIRELESS);
