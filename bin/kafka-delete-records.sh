#!/bin/sh
exec "$(dirname "$0")/streamwright" delete-records "$@"
