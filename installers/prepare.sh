# Sourced by run.sh and test.sh: brings what is missing and says so. Sets ROOT, the project's folder; everything made
# lies in ROOT/.venv, made anew when the lock changes (PySide6 must not change inside an existing environment).

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

PROGRAM_PACKAGES="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libzbar0"
WINDOW_PACKAGES="libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
TEST_PACKAGES="openssl unzip zip"

say() {
    printf 'kpdesk: %s\n' "$*"
}

has_screen() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]
}

fingerprint() {
    { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d ' ' -f 1
}

# Debian packages. Later releases call some of the libraries …t64.

has_debian_package() {
    dpkg-query -W -f '${Status}\n' "$1" "$1t64" 2>/dev/null | grep -q '^install ok installed'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@"
}

bring_debian_packages() {
    command -v dpkg-query >/dev/null || return 0
    missing=
    for package in "$@"; do
        has_debian_package "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! as_root true 2>/dev/null; then
        say "missing, and only an administrator may: apt-get install$missing"
        return 0
    fi
    say "installing Debian packages:$missing"
    log=$(mktemp)
    # shellcheck disable=SC2086  # the list is meant to fall apart into words
    if ! apt_install $missing >"$log" 2>&1; then
        { as_root apt-get update -qq; apt_install $missing; } >"$log" 2>&1 ||
            { cat "$log"; say "apt could not install them all; going on without"; }
    fi
    rm -f "$log"
}

# Python 3.11 to 3.14. pip needs its venv and ensurepip, which Debian packs apart; uv does not.

right_python() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || return 1
    command -v uv >/dev/null || "$1" -c 'import ensurepip, venv' 2>/dev/null
}

find_python() {
    for python in python3 python3.11 python3.12 python3.13 python3.14; do
        if right_python "$python"; then
            command -v "$python"
            return 0
        fi
    done
    return 1
}

# The environment.

make_environment() {
    python=$(find_python) || {
        bring_debian_packages python3 python3-venv
        python=$(find_python)
    } || {
        say "needs Python 3.11 to 3.14 with venv, and found none"
        exit 1
    }
    packages=$(grep -c '^[a-z0-9].*==' "$ROOT/requirements.lock")
    say "making .venv with $("$python" --version) and up to $packages packages, each checked against its hash; minutes on a slow line"
    rm -rf "$ROOT/.venv"
    if command -v uv >/dev/null; then
        uv venv --quiet --python "$python" "$ROOT/.venv"
    else
        "$python" -m venv "$ROOT/.venv"
    fi
    install_packages --only-binary :all: --require-hashes -r "$ROOT/requirements.lock"
}

install_packages() {
    if command -v uv >/dev/null; then
        uv pip install --quiet --python "$ROOT/.venv/bin/python" --no-deps "$@"
    else
        "$ROOT/.venv/bin/python" -m pip --disable-pip-version-check install --quiet --no-deps "$@"
    fi
}

# Runs the command when what it depends on (a name, a word that changes with it) is not what it was the last time.
once_for() {
    mark="$ROOT/.venv/$1" state=$2
    shift 2
    [ "$(cat "$mark" 2>/dev/null)" != "$state" ] || return 0
    "$@"
    printf '%s\n' "$state" >"$mark"
}

bring_environment() {
    once_for packages "$(fingerprint "$ROOT/requirements.lock") $ROOT" make_environment
    once_for project "$(fingerprint "$ROOT/pyproject.toml")" install_packages --no-build-isolation -e "$ROOT"
}

prepare() {
    # shellcheck disable=SC2086  # the lists are meant to fall apart into words
    bring_debian_packages $PROGRAM_PACKAGES "$@"
    bring_environment
}
