#!/bin/sh
exec "$(dirname "$0")/streamwright" streams-application-reset "$@"
