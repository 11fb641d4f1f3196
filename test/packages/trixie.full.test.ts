// needs: macveil-hook, packages
import { testPackages } from './suite.ts';

testPackages({ suite: 'trixie', packages: /^macveil.*\.deb$/, executable: false });
