/** .xz files made by xz of a text of our own; kept as bytes, for other versions of xz would make others. */
export const XZ_SAMPLES: readonly Buffer[] = [
  // One block, as kernels have their modules.
  sample(
    '/Td6WFoAAAFpIt42AgAhARAAAACocI6G4AkaAOJdADaYSJq5tS67hCk/nxwCp4oMo2eOtJn0h+q4fmT8Uy1gZP1fgiwCezDH' +
      'fvnooQ66UWA2fLkFV6G1H2wMoUbXdg50M4Q16Hsf9+4inItaxG1+PJ1BNg32dfwXIKvXJevepTqVpH7e9uqzqJ1sTEOgp6SL' +
      'Kv6mhc/NEggI/8QZaA164oYdpvTLbMq55DbXeDi+V1Uqq1loPdV0O/7JYyjCEIvGWmG6aJ/Y6EkZLzgPNnatbNPTPFaatk47' +
      'XmhCw698rYM9wkjvkZSFk0sQ8wXdaC0ZJBeB1aSfOOwsoHdMPhXeJvMAAABFKQf+AAH6AZsSAACp1t8/PjANiwIAAAAAAVla',
  ),
  // Several blocks, which tell their sizes.
  sample(
    '/Td6WFoAAArh+wyhA8BogAQhARYAAAAAcfH7wOAB/wBgXQA2mEiaubUuu4QpP58cAqeKDKNnjrSZ9IfquH5k/FMtYGT9X4Is' +
      'Answx3756KEOulFgNny5BVehtR9sDKFG13YOdDOENeh7H/fuIpyLWsRtfjydQTYN9nX8FyCr0dUZ7AAA5VNQlTzcXKiNOOhL' +
      'OKcEu8xBk1xSho3RCTHDovLIjUUDwGWABCEBFgAAAADBegU14AH/AF1dADLhvOaTozPXs7isACdQnMvv8qtZxXD4UdnINeFW' +
      'BpYVwIrS5F9rX7TozJVh5K/uIRpxBMR0on3S5+bTGTXwNbNX8JYx7chIQMDX/y6uVXhuGCWWtTBZ5grArPoAAAAAAACJxLba' +
      'vspNOXef7KBfTQFTN8T8x2KZtZ4DG4EEFxK4hwPAY4AEIQEWAAAAAIYKGzjgAf8AW10AMJks5Gb9suQQE/eSHi6MDgPVJgYI' +
      'skyV9av43NbNLTpUmB+lSoyZAhb18qLyN59PJil5riv8tf+4/XxN0qSrV67X612m6MBs47O73Pd4FbshF0zXoBH+9Nel4AAA' +
      'oN2i+Q7oeYIqWeWQo/SNICG7LPPN/O4tlNjqTuNyIZ4DwGiABCEBFgAAAABx8fvA4AH/AGBdABuObEBzN5G2znO907TXuRj+' +
      'gsLMtVG4tRYncAIAXv8Vm7MY2+ecIzVTx0gaatFVwKHcxUKmqfQQ+CkVyH29Xbv3k8gfxYJPsDGC6l0/m7lyS2OtE9BAl6Ea' +
      'tKik6P7pAAAdtn9/88eev29yOF7AB2eAbnOAo8FBhJPedxO6ADubUgPAUJsCIQEWAAAAAJbmJVPgARoASF0AMwgKhsPMkK+h' +
      's5+XitBA03a5SmKz1N9b3Ou+m93c88f+Nc5RP545MUoQ4fXlO9Iuxc9fizkt654SsuwHCII5FTXyzcTfjssAAM/tLBQHD5y0' +
      'MYSQPB4hjhOfEv9Ej1eumw5xAn3LtpNTAAWYAYAElQGABJMBgASYAYAEgAGbAgAAlTuv86CrTocGAAAAAApZWg==',
  ),
  // A filter before LZMA2, no check.
  sample(
    '/Td6WFoAAAD/EtlBAgEEACEBFgANhjUf4ADHAD9dADaYSJq5tS67hCk/nxwCp4oMo2eOtJn0h+q4fmT8Uy1gZP1fgiwCezDH' +
      'fvnooQ66UWA2fLkFV6G1H2wIVJ0uAAAAAAFTyAEAAAD7apYoqAAK/AIAAAAAAFla',
  ),
  // Chunks that could not be packed.
  sample(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQB3ACaKMRY5mj4gQJ4/HjuWNBAqgh3xDWL1y982xpmq+YtbabVEERxl7La+CY1U' +
      'WZwi4eMopmdmoyPc2BePSkN676ed0Uj46yGQQjJgzHtokwGokrolybDVPd7C5EnnyOdJ5MLePdWwySW6kqgBk2h7zGAyQpAh' +
      '6/hIAEt7YqX51EmJAAGQAXgAAABdY9hNscRn+wIAAAAABFla',
  ),
];

/** Frames made by zstd of the same. */
export const ZSTD_SAMPLES: readonly Buffer[] = [
  // With its size.
  sample(
    'KLUv/WQbCNUFAAKMHheQKx0ALUy3dJSAmRE97ZSklFti37UBCK/yWMfO+UaHtvpnEZ1XF23U8+2QZUq+DpG9RbLFu/cj4n16' +
      '493MnM2Kx963Iep75s9qzjZDslU/if6y8rDsnG9k2tQ9D0AYhkdBCo1CICgKlSRBGINBoCQLBDkUhAFxCAKJO6ghDI3f/w6Q' +
      'GRvGEfwJwSMEv7a3A8725dtlTtRp1eWK154tWgp1mP79+4bhu7utcejellN/rvYzilZSBa7ZMNU=',
  ),
  // Without it.
  sample(
    'KLUv/QRYPQcAAggYGaA16Q9sqs7WpDmyFv5Dk2TaUsqdGz+cGgGY+ZI+v4Zo5TzNtJbnGrbOH/7sDHvbHDT6eIxNa2Zv+e1O' +
      '0xL9K67N8XkfQAkSUGiQqOM4VKmUUGIYRSUEQoQqIAhAUBgCOyBQMyKtB7+IQDl8LomH+bSENk/jaeBpEeORTee5/+7DY/1Y' +
      'D/YwHvHBPpgeLMk+LBF5pP0+MHV7DrQnOmQJgfG5cvgEEiXwwR7maTyNp3nE8vJgD/bBPPhhPg08TWI8DeKnfYQP5sEerB/s' +
      '8IOTYydHRz8Heliki3RJl5OuYqQrUhgZrtkw1Q==',
  ),
  // Without checksum, of one byte repeated.
  sample('KLUv/QBYTQAAEAAAAQCD0wMs'),
  // Two frames.
  sample(
    'KLUv/QRIlQEAhAJtYWN2ZWlsIGtlZXBzIGFkZHJlc3MgMCBvZmYgdGhlIHdpcmUKOTE5AgBKMaNIUU8z9lwbKLUv/QRIbQEA' +
      'VAJtYWN2ZWlsIGtlZXBzIGFkZHJlc3MgMCBvZmYgdGhlIHdpcmUKAQBFh3oCV8r4+Q==',
  ),
];

/** A stream of the old form of lz4, of the same. */
export const LZ4_SAMPLE = sample(
  'AiFMGGUBAAD/Fm1hY3ZlaWwga2VlcHMgYWRkcmVzcyAwIG9mZiB0aGUgd2lyZQolAAM/OTE5JwARPzY3NicAET8yNzEnABE/' +
    'NzA0JwARPzk3NScAER84TQASHzOaABIvODHoABIvNDM2ARIvOTCEARIvMTlOABIvMzOcABIvMzHqABIvMTI3ARIfN4QBEy8y' +
    'Nk4AEi81OZwAEi83NeoAEi83NTgBEh82hgETLzI3TgASLzc5nAASLzE16gASLzM0OAESHzOGARQPTgATHzmcABMfNOoAEx84' +
    'OAETHzGGARMfMdQBEw8hAhQPbwITHzO9AhMPCwMVD9IBEh8xpgMTD/MDEx83QQQTHzSDARMfON0EEx8xKwUTHzJ5BRMfMcYF' +
    'Ew8TBhQfNmEGEw+uBhMfM/wGEx81SgcTHzWFARMfM04AEx85nAATHzTqABMfODcBEw+FARQfOdMBEx84IQITHzVvAhMHvAJQ' +
    'd2lyZQo=',
);

function sample(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
