// needs: tamper
import { KILLS } from './kill-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(KILLS);
