import { testRefresh } from './refresh-suite.ts';

testRefresh('trixie');
