#!/bin/sh
exec "$(dirname "$0")/streamwright" broker-api-versions "$@"
