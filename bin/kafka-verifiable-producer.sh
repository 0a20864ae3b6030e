#!/bin/sh
exec "$(dirname "$0")/streamwright" verifiable-producer "$@"
