#!/bin/sh
# Opens the desk. Without a screen it makes a practice office in a fresh folder and drives it: `kpdesk demo`.
# Arguments are handed to the kpdesk command: sh installers/run.sh verify picture.png
set -eu
. "$(dirname -- "$0")/prepare.sh"

if [ $# -eq 0 ] && has_screen; then
    prepare $WINDOW_PACKAGES
    say "opening the desk"
elif [ $# -eq 0 ]; then
    prepare
    folder=$(mktemp -d "${TMPDIR:-/tmp}/kpdesk-demo.XXXXXX")
    say "no screen; running kpdesk demo $folder"
    set -- demo "$folder"
else
    prepare
fi
exec "$ROOT/.venv/bin/kpdesk" "$@"
