#!/bin/sh
# Puts the editors that test/editors drives into one folder, without root and without touching the system.
#
#   sh test/editors/install.sh [FOLDER]     FOLDER: $PILOTLIGHT_EDITORS, else ~/.cache/pilotlight-editors
#
# Works on Debian and its kin. The packages come from a newer suite than the host's, because Neovim before 0.12 shows no
# ghost text of servers. apt works out and downloads them in a folder of its own, dpkg-deb unpacks them, and patchelf
# makes each program use the libraries unpacked with it; what the program starts keeps the host's. FOLDER can't be moved
# afterwards. Does nothing when FOLDER already holds what is asked for.
#
#   PACKAGES   what to install; default: neovim hx emacs-nox elpa-company elpa-lsp-mode tmux
#   SUITE      where from; default: forky
#   MIRROR     the archive; default: the host's own
set -eu

folder=${1:-${PILOTLIGHT_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/pilotlight-editors}}
packages=${PACKAGES:-neovim hx emacs-nox elpa-company elpa-lsp-mode tmux}
suite=${SUITE:-forky}
keys=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null || fail "$tool is missing: this script needs Debian or a relative"
done

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
wanted="pilotlight 1: $suite $packages"
if [ "$(cat "$folder/installed" 2>/dev/null)" = "$wanted" ]; then
  echo "$folder is up to date"
  exit 0
fi

# The address of the host's own archive, from either form of its lists.
hosts_archive() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n 's/#.*//; s/.*\(https\{0,1\}:\/\/[^ ]*\/debian\)\/\{0,1\}\( .*\)\{0,1\}$/\1/p' | head -n 1
}
mirror=${MIRROR:-$(hosts_archive)}
[ -n "$mirror" ] || fail "no archive found in the host's lists: set MIRROR"

rm -rf "$folder/tree" "$folder/bin" "$folder/apt" "$folder/installed"
mkdir -p "$folder/tree" "$folder/bin" "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/apt/none"
: >"$folder/apt/status"
echo "deb [signed-by=$keys] $mirror $suite main" >"$folder/apt/list"

# apt over an empty system of its own. An archive that is a snapshot may be past its date; signatures still count.
own_apt() {
  apt-get -qq \
    -o Dir::State="$folder/apt" -o Dir::State::status="$folder/apt/status" -o Dir::State::Lists="$folder/apt/lists" \
    -o Dir::Cache="$folder/apt" -o Dir::Cache::archives="$folder/apt/archives" \
    -o Dir::Etc::SourceList="$folder/apt/list" -o Dir::Etc::SourceParts="$folder/apt/none" \
    -o Dir::Etc::PreferencesParts="$folder/apt/none" -o Acquire::Languages=none \
    -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User="" -o Debug::NoLocking=true "$@"
}
own_apt update
# shellcheck disable=SC2086 # a list of words
own_apt --yes --no-install-recommends --download-only install $packages patchelf >/dev/null
for archive in "$folder"/apt/archives/*.deb; do
  dpkg-deb -x "$archive" "$folder/tree"
done
rm -rf "$folder/apt"

usr=$folder/tree/usr
libraries=$usr/lib/$(uname -m)-linux-gnu
loader=$(ls "$libraries"/ld-linux-*.so.* | head -n 1)

# start NAME PROGRAM LINES: makes bin/NAME, which runs LINES of shell and then PROGRAM. Skips what was not asked for.
start() {
  [ -e "$2" ] || return 0
  "$loader" --library-path "$libraries" "$usr/bin/patchelf" \
    --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$2"
  printf '#!/bin/sh\n%s\nexec "%s" "$@"\n' "$3" "$2" >"$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}

# Emacs finds nothing of its own by itself once it is moved. Sets `lines`.
emacs_lines() {
  version=$(ls "$usr/share/emacs" | grep '^[0-9]' | head -n 1)
  lisp=$(find "$usr/share/emacs/site-lisp/elpa-src" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | tr '\n' ':')
  lisp=$lisp$(find "$usr/share/emacs/$version/lisp" -type d ! -path '*/obsolete*' | tr '\n' ':')
  helpers=$(dirname "$(find "$usr/libexec/emacs" -name '*.pdmp' | head -n 1)")
  lines="export EMACSLOADPATH='$lisp' EMACSDATA='$usr/share/emacs/$version/etc'
export EMACSDOC='$usr/share/emacs/$version/etc' EMACSPATH='$helpers'
set -- --dump-file='$(ls "$helpers"/*.pdmp | head -n 1)' \\
  --eval '(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil)' \"\$@\""
}

start nvim "$usr/bin/nvim" "export VIMRUNTIME='$usr/share/nvim/runtime'"
start hx "$usr/lib/hx/hx" "export HELIX_RUNTIME='$usr/lib/hx/runtime'"
start tmux "$usr/bin/tmux" ""
if [ -e "$usr/bin/emacs-nox" ]; then
  emacs_lines
  start emacs "$usr/bin/emacs-nox" "$lines"
fi

echo "$wanted" >"$folder/installed"
echo "$folder/bin: $(ls "$folder/bin" | tr '\n' ' ')"
