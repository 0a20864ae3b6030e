#!/bin/sh
# Makes the keys and certificates beside this file anew. They open nothing but the tests' own brokers.
set -e
cd "$(dirname "$0")"
days=36500
key() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1"; }
# name, subject, extension
signed() {
  key "$1.key"
  openssl req -new -utf8 -key "$1.key" -subj "$2" -out "$1.csr"
  printf '%s\n' "$3" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days $days -extfile "$1.ext" -out "$1.crt"
  cat "$1.key" "$1.crt" >"$1.pem"
}
authority() {
  key ca.key
  openssl req -x509 -new -key ca.key -days $days -subj "$1" -out ca.pem
}
authority '/CN=Another authority'
signed stranger '/CN=alice' 'extendedKeyUsage=clientAuth'
authority '/CN=Streamwright broker test authority'
signed server '/CN=localhost' 'subjectAltName=DNS:localhost,IP:127.0.0.1'
signed renewed '/CN=renewed' 'subjectAltName=DNS:localhost,IP:127.0.0.1'
signed elsewhere '/CN=elsewhere' 'subjectAltName=DNS:elsewhere'
signed alice '/C=DE/O=Company, Inc/OU=Test+OU=Team/CN=alice/emailAddress=alice@example.org' 'extendedKeyUsage=clientAuth'
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout odd.key -out odd-subject.pem -days $days \
  -utf8 -subj '/CN= lead #=<x>;"\/DC=org/UID=u1/street=s/title=Dr/CN=ü x '
openssl pkcs12 -export -in server.pem -certfile ca.pem -passout pass:storepass -out server.p12
openssl pkcs8 -topk8 -in server.key -passout pass:keypass -v2 aes256 -out server-encrypted.key
cat server-encrypted.key server.crt >server-encrypted.pem
rm -f ./*.key ./*.csr ./*.ext ./*.crt ./*.srl
