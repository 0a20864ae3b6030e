#!/bin/sh
exec "$(dirname "$0")/streamwright" log-dirs "$@"
