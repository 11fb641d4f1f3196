import { testScenarios } from './prove-scenarios.ts';
import { RESUME } from './resume-scenarios.ts';

testScenarios(RESUME);
