// needs: tamper
import { FAULTS } from './fault-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(FAULTS);
