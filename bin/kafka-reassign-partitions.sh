#!/bin/sh
exec "$(dirname "$0")/streamwright" reassign-partitions "$@"
