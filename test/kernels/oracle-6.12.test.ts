// needs: 6.12-amd64, 6.12-cloud-amd64, 6.12-arm64
import { testAgainstOracle } from './oracle-suite.ts';

await testAgainstOracle(['6.12-amd64', '6.12-cloud-amd64', '6.12-arm64']);
