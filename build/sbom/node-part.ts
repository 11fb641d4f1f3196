import process from 'node:process';
import { genericPurl, type Part, sha256Of } from './part.ts';

/** What Node names in process.versions and has inside: its usual name and its licence (Node's own LICENSE file). */
const INSIDE: Record<string, { name?: string; license?: string }> = {
  acorn: { license: 'MIT' },
  ada: { license: 'Apache-2.0 OR MIT' },
  amaro: { license: 'MIT' },
  ares: { name: 'c-ares', license: 'MIT' },
  brotli: { license: 'MIT' },
  cjs_module_lexer: { name: 'cjs-module-lexer', license: 'MIT' },
  cldr: { name: 'unicode-cldr', license: 'Unicode-3.0' },
  icu: { license: 'Unicode-3.0' },
  llhttp: { license: 'MIT' },
  nghttp2: { license: 'MIT' },
  nghttp3: { license: 'MIT' },
  ngtcp2: { license: 'MIT' },
  openssl: { license: 'Apache-2.0' },
  simdjson: { license: 'Apache-2.0' },
  simdutf: { license: 'Apache-2.0 OR MIT' },
  sqlite: { license: 'blessing' },
  undici: { license: 'MIT' },
  unicode: { license: 'Unicode-3.0' },
  uv: { name: 'libuv', license: 'MIT' },
  uvwasi: { license: 'MIT' },
  v8: { license: 'BSD-3-Clause' },
  zlib: { license: 'Zlib' },
  zstd: { license: 'BSD-3-Clause' },
};
/** Numbers of interfaces, not of software. */
const NO_PARTS = new Set(['node', 'modules', 'napi']);

/** The running Node, which the executable is packed with, and what it says it has inside. */
export function nodePart(versions: Record<string, string | undefined> = process.versions): Part {
  const version = String(versions.node);
  return {
    type: 'platform',
    name: 'node',
    version,
    license: 'MIT',
    description: 'the hash is that of the program before packing',
    purl: genericPurl('node', version),
    hashes: sha256Of(process.execPath),
    parts: Object.keys(versions)
      .filter((key) => !NO_PARTS.has(key))
      .sort()
      .map((key) => insidePart(key, String(versions[key]))),
  };
}

function insidePart(key: string, version: string): Part {
  const { name = key, ...known } = INSIDE[key] ?? {};
  return {
    type: 'library',
    name,
    version,
    ...known,
    purl: genericPurl(name, version),
    hashes: {},
    parts: [],
  };
}
