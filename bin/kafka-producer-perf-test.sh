#!/bin/sh
exec "$(dirname "$0")/streamwright" producer-perf-test "$@"
