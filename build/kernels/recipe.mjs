// Which kernels the tests look at, as data; a change of this file fetches them anew.

/** Kernels by the name the tests use: Debian 12's and 13's, for people's machines, clouds and another processor. */
export const KERNELS = {
  '6.1-amd64': { suite: 'bookworm', architecture: 'amd64', package: 'linux-image-amd64' },
  '6.1-cloud-amd64': { suite: 'bookworm', architecture: 'amd64', package: 'linux-image-cloud-amd64' },
  '6.1-arm64': { suite: 'bookworm', architecture: 'arm64', package: 'linux-image-arm64' },
  '6.12-amd64': { suite: 'trixie', architecture: 'amd64', package: 'linux-image-amd64' },
  '6.12-cloud-amd64': { suite: 'trixie', architecture: 'amd64', package: 'linux-image-cloud-amd64' },
  '6.12-arm64': { suite: 'trixie', architecture: 'arm64', package: 'linux-image-arm64' },
};

/** Of a kernel's package, these folders stay; where modules are differs between Debian 12 (lib) and 13 (usr/lib). */
export const KEPT = ['boot', 'usr/lib/modules'];
