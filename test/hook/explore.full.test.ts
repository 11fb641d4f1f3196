import { test } from 'uvu';
import { exploreAll } from './explore/suite.ts';

exploreAll(1);

test.run();
