#!/bin/sh
# Runs every check: sh installers/test.sh [--long]
set -eu
. "$(dirname -- "$0")/prepare.sh"

case "$*" in
"" | --long) ;;
*)
    say "usage: sh installers/test.sh [--long]"
    exit 2
    ;;
esac

prepare $TEST_PACKAGES
cd "$ROOT"
PATH="$ROOT/.venv/bin:$PATH"
export QT_QPA_PLATFORM=offscreen

passed=0 failed=0 failures=
check() {
    started=$(date +%s)
    say "$*"
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1)) failures="$failures; $*"
    fi
    say "$1 took $(($(date +%s) - started)) s"
}

check ruff check .
check ruff format --check .
check mypy
check lint-imports --no-logo
check pytest -q -n 2 --dist loadfile "$@"

[ -z "$failures" ] || say "failed: ${failures#; }"
echo "checks: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
