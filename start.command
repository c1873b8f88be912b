#!/bin/sh
# Double-click on macOS: opens Carnet with the newest Python found.
cd "$(dirname "$0")" || exit 1
PATH="$PATH:/opt/homebrew/bin:/usr/local/bin"
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    if "$python" -c "" >/dev/null 2>&1; then
        exec "$python" start.py "$@"
    fi
done
echo "Carnet demande Python 3.11 ou plus récent : installez-le depuis python.org, puis relancez."
echo "Carnet needs Python 3.11 or newer: install it from python.org, then start again."
exit 1
