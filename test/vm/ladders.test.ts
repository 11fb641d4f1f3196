// needs: tamper
import { LADDERS } from './fault-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(LADDERS);
