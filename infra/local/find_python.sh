#!/bin/sh
# Prints the first Python that can run Saldo (3.11 or newer, able to make virtual environments).
for name in python3 python3.13 python3.12 python3.14 python3.11 python; do
  if "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    command -v "$name"
    exit 0
  fi
done
echo "Saldo needs Python 3.11 or newer, with its venv module, on the PATH; none was found." >&2
echo "Install it from https://www.python.org/downloads/ (Debian, Ubuntu: apt install python3 python3-venv)." >&2
exit 1
