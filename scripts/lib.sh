# shellcheck shell=bash
# Sourced by the other scripts: where things are, and how cargo is called.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")
export CARGO_TARGET_DIR
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
cd "$root" || exit

# What `scripts/setup` found out about this machine and the cargo commands after it need.
environment=$CARGO_TARGET_DIR/environment.sh

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

title() {
  printf '\n=== %s\n' "$*"
}

# The comment at the head of the calling script is its help.
usage() {
  awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$root/scripts/${0##*/}"
}

prepare() {
  # shellcheck source=/dev/null
  "$root/scripts/setup" && source "$environment"
}

# Calls cargo. Where nobody watches (CI, a log file), its line per crate becomes one line every half minute.
cargo_shown() {
  if [[ -t 2 && -z ${CI:-} ]]; then
    cargo "$@"
  else
    cargo "$@" 2>&1 | summarise_compiling
  fi
}

summarise_compiling() {
  local line rest='' crates=0 begin=$SECONDS said=$SECONDS status
  while true; do
    status=0
    IFS= read -r -t 10 line || status=$?
    line=$rest$line rest=''
    if ((status > 128)); then
      rest=$line # It timed out, perhaps within a line.
    elif [[ $line =~ ^\ +(Compiling|Checking)\  ]]; then
      crates=$((crates + 1))
    elif [[ ! $line =~ ^\ +Download(ing|ed)\  && (-n $line || $status == 0) ]]; then
      printf '%s\n' "$line"
    fi
    ((status == 0 || status > 128)) || return 0 # The end.
    if ((SECONDS - said >= 30)); then
      said=$SECONDS
      printf '  … %d crates compiled, %d min\n' "$crates" $(((SECONDS - begin) / 60))
    fi
  done
}

# The node and the wasm runtime inside it. Always the whole workspace: a part of it would unify features differently
# and compile most of the dependencies again.
build() {
  cargo_shown build --release --workspace --locked
}
