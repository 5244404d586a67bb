#!/bin/sh
# Makes, in the folder given, an authority of its own and what it signed, for websites of a small internet: with dates
# around now, so that a clock that is off by an hour or a day would judge them wrongly.
set -eu
cd "$1"
touch index.txt
cat >ca.cnf <<CONFIG
[ca]
default_ca = tests
[tests]
new_certs_dir = .
database = index.txt
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
x509_extensions = authority
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
[names]
subjectAltName = DNS:*.up.example,DNS:*.down.example,IP:11.0.1.1,IP:11.0.1.2,IP:2a0f:1::1:1
[portal]
subjectAltName = DNS:login.portal.example
CONFIG
at() { date -u -d "$1" +%Y%m%d%H%M%SZ; }
sign() { # name, section, first instant, last instant, further options
  name=$1 section=$2 from=$(at "$3") last=$(at "$4")
  shift 4
  openssl req -new -key key.pem -subj "/CN=$name" -out request.pem
  openssl ca -batch -notext -config ca.cnf -extensions "$section" -startdate "$from" -enddate "$last" \
    -in request.pem -out "$name.pem" "$@"
}
openssl ecparam -name prime256v1 -genkey -noout -out ca-key.pem
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
openssl req -new -key ca-key.pem -subj '/CN=Overlaps small internet' -out request.pem
openssl ca -batch -notext -config ca.cnf -extensions authority -startdate "$(at '-900 days')" -enddate "$(at '900 days')" \
  -in request.pem -out ca.pem -selfsign -keyfile ca-key.pem
sign self-signed portal '-10 days' '100 days' -selfsign -keyfile key.pem
by_ca='-cert ca.pem -keyfile ca-key.pem'
sign ordinary names '-100 days' '200 days' $by_ca
sign young names '-30 minutes' '200 days' $by_ca
sign short names '-100 days' '30 minutes' $by_ca
sign month names '-100 days' '30 days 12 hours' $by_ca
sign expired names '-100 days' '-30 minutes' $by_ca
sign portal portal '-100 days' '200 days' $by_ca
