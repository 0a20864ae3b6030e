#!/bin/sh
exec "$(dirname "$0")/streamwright" consumer-perf-test "$@"
