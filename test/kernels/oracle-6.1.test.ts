// needs: 6.1-amd64, 6.1-cloud-amd64, 6.1-arm64
import { testAgainstOracle } from './oracle-suite.ts';

await testAgainstOracle(['6.1-amd64', '6.1-cloud-amd64', '6.1-arm64']);
