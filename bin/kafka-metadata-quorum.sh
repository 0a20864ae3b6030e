#!/bin/sh
exec "$(dirname "$0")/streamwright" metadata-quorum "$@"
