import { commandNames, commandOptions } from './command-help.mjs';

/** Where it stands in the repository; Debian's package has it in /usr/share/bash-completion/completions. */
export const COMPLETION = 'completions/bash/macveil';
/** Options whose value is a folder. */
const FOLDERS = ['root', 'tree', 'evidence'];

/** The completion for bash of a bundled command line, from what it says of itself. */
export function completion(program) {
  const commands = commandNames(program);
  const options = Object.fromEntries(commands.map((name) => [name, commandOptions(program, name)]));
  const all = Object.values(options).flat();
  return `# shellcheck shell=bash
# Completion of macveil for bash, made by build/completion.mjs from the command line's own help.

_macveil() {
    local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W '${commands.join(' ')} --help --version' -- "$current")
        return
    fi
    case $previous in
${valueCases(all)}
    esac
    if [[ $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    fi
    case \${COMP_WORDS[1]} in
${commands.map((name) => optionCase(name, options[name])).join('\n')}
    esac
}

complete -o filenames -F _macveil macveil
`;
}

function valueCases(options) {
  const worded = new Map(
    options.filter(({ words }) => words.length > 0).map(({ name, words }) => [name, words]),
  );
  const plain = options.filter(
    ({ name, takesValue }) => takesValue && !worded.has(name) && !FOLDERS.includes(name),
  );
  return [
    ...[...worded].map(([name, words]) => reply([name], `-W '${words.join(' ')}'`)),
    reply(FOLDERS, '-d'),
    reply([...new Set(plain.map(({ name }) => name))], '-f'),
  ].join('\n');
}

function reply(names, how) {
  const pattern = names.map((name) => `--${name}`).join(' | ');
  return `        ${pattern})
            mapfile -t COMPREPLY < <(compgen ${how} -- "$current")
            return
            ;;`;
}

function optionCase(name, options) {
  const words = options.map((option) => `--${option.name}`).join(' ');
  return `        ${name}) mapfile -t COMPREPLY < <(compgen -W '${words}' -- "$current") ;;`;
}
