// needs: container-hook
import { POLICY } from './policy-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(POLICY);
