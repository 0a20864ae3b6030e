#!/bin/sh
exec "$(dirname "$0")/streamwright" server-stop "$@"
