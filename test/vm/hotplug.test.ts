import { HOTPLUG } from './hotplug-scenarios.ts';
import { testScenarios } from './prove-scenarios.ts';

testScenarios(HOTPLUG);
