# bash completion of macveil(1), made by `node build/completion.mjs` from the program's own parser: not to be edited.
# shellcheck shell=bash

_macveil_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

_macveil_value() {
  local words=''
  case $1 in
    @CHOICES@
    --nics)
      local before=''
      [[ $2 == *,* ]] && before=${2%,*},
      mapfile -t COMPREPLY < <(compgen -P "$before" -W '@NICS@' -- "${2##*,}")
      return 0 ;;
    @FOLDERS@) _macveil_files -d "$2"; return 0 ;;
    @FREE@) _macveil_files -f "$2"; return 0 ;;
    *) return 1 ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$2")
}

_macveil() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=''
  COMPREPLY=()
  # readline cuts --option=value at the sign.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '@COMMANDS@ --help --version' -- "$current")
    return
  fi
  _macveil_value "$previous" "$current" && return
  if [[ $current != -* ]]; then
    _macveil_files -f "$current"
    return
  fi
  case ${COMP_WORDS[1]} in
    @OPTIONS@
    *) return ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _macveil macveil
