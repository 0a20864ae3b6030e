#!/bin/sh
exec "$(dirname "$0")/streamwright" streams-groups "$@"
