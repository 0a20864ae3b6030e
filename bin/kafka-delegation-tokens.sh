#!/bin/sh
exec "$(dirname "$0")/streamwright" delegation-tokens "$@"
