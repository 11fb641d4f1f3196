// needs: macveil-hook, executable, packages
import { testPackages } from './suite.ts';

testPackages({ suite: 'bookworm', packages: /^macveil-hook.*\.deb$/, executable: true });
