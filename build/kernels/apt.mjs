import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { BuildError } from '../image/build-error.mjs';
import { debianKeyring, hostMirror } from '../image/mirror.mjs';
import { MissingError } from './missing.mjs';
import { capture } from './program.mjs';

/** How apt says that an archive, which it reached, does not have the suite, or has it without the index of an architecture. */
const NO_SUITE = /does not have a Release file|\/Packages\S*\s+404\b/;

/**
 * The host's own Debian archive seen as another suite or architecture: apt with a configuration of its own in `home`, so
 * that nothing of the host changes, whichever suites it knows itself. A MissingError when the archive does not have it all.
 */
export async function openArchive(home, wanted) {
  const where = { components: ['main'], ...wanted };
  const options = await prepare(resolve(home), where);
  await update(options, where);
  return {
    /** Fields of the newest version of a package. */
    show: async (name) =>
      parseFields(await capture('apt-cache', [...options, 'show', '--no-all-versions', name])),
    /** Fetches one package into an empty folder; apt checks it against the signed index. Returns the file. */
    download: (name, directory) => download(options, name, directory),
  };
}

async function prepare(home, { suite, architecture, components }) {
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(home, folder), { recursive: true });
  const source = `deb [signed-by=${debianKeyring()}] ${await hostMirror()} ${suite} ${components.join(' ')}\n`;
  writeFileSync(join(home, 'sources.list'), source);
  return [
    '-q',
    ...Object.entries({
      'Dir::Etc::sourcelist': join(home, 'sources.list'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::State::lists': join(home, 'lists'),
      // What the host has installed has no say in what is newest.
      'Dir::State::status': '/dev/null',
      'Dir::Cache': join(home, 'cache'),
      'APT::Architecture': architecture,
      'APT::Architectures': architecture,
      'APT::Sandbox::User': userInfo().username,
      'Acquire::Languages': 'none',
      // Without this a failed update counts as a warning, and an old index is used.
      'APT::Update::Error-Mode': 'any',
    }).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
  ];
}

async function update(options, { suite, architecture, components }) {
  try {
    await capture('apt-get', [...options, 'update']);
  } catch (error) {
    if (!NO_SUITE.test(error.message)) throw error;
    throw new MissingError(`the archive has no suite ${suite} for ${architecture}`);
  }
  // Of a component or an architecture that the suite does not have, apt only warns.
  const format = ['indextargets', '--format', '$(COMPONENT)', 'Created-By: Packages'];
  const there = (await capture('apt-get', [...options, ...format])).split('\n');
  const missing = components.filter((component) => !there.includes(component));
  if (missing.length > 0)
    throw new MissingError(`the archive has no ${missing.join(', ')} of ${suite} for ${architecture}`);
}

async function download(options, name, directory) {
  mkdirSync(directory, { recursive: true });
  await capture('apt-get', [...options, 'download', name], { cwd: directory });
  const files = readdirSync(directory).filter((file) => file.endsWith('.deb'));
  if (files.length === 1) return join(directory, files[0]);
  throw new BuildError(`apt-get fetched ${files.length} packages instead of ${name}`, 'run this again');
}

function parseFields(text) {
  const fields = text.split('\n').map((line) => /^([A-Za-z-]+): (.*)$/.exec(line));
  return Object.fromEntries(fields.filter(Boolean).map(([, key, value]) => [key, value]));
}
