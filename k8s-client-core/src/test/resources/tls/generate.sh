#!/bin/sh
# Makes the certificates and keys of the tests anew. They are worth nothing outside of them.
# Needs OpenSSL 3; run it in this folder.
set -eu

START=20200101000000Z
END=21200101000000Z
EXPIRED=20200102000000Z
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

sign() { # request certificate end extensions option...
	request=$1 certificate=$2 end=$3 extensions=$4
	shift 4
	: > "$WORK/index"
	printf '%s\n' '[ca]' 'default_ca=it' '[it]' "database=$WORK/index" "new_certs_dir=$WORK" rand_serial=yes \
		default_md=sha256 policy=any unique_subject=no '[any]' commonName=supplied organizationName=optional \
		'[extensions]' > "$WORK/config"
	printf '%b\n' "$extensions" >> "$WORK/config"
	openssl ca -batch -notext -config "$WORK/config" -extensions extensions -startdate $START -enddate "$end" \
		-in "$request" -out "$certificate" "$@" 2>/dev/null
}

authority() { # name
	openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$WORK/$1.key"
	openssl req -new -key "$WORK/$1.key" -subj "/CN=$1" -out "$WORK/request"
	sign "$WORK/request" "$1.crt" $END 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign' \
		-selfsign -keyfile "$WORK/$1.key"
}

certificate() { # name end names usage algorithm option...
	name=$1 end=$2 names=$3 usage=$4
	shift 4
	openssl genpkey -quiet -out "$name.key" -algorithm "$@"
	openssl req -new -key "$name.key" -subj "/O=tests/CN=$name" -out "$WORK/request"
	sign "$WORK/request" "$name.crt" "$end" "subjectAltName=$names\nextendedKeyUsage=$usage" \
		-cert ca.crt -keyfile "$WORK/ca.key"
}

authority ca
authority other-ca

NAMES=DNS:localhost,DNS:kubernetes,DNS:api.example.com,IP:127.0.0.1,IP:::1
EC="EC -pkeyopt ec_paramgen_curve:P-256"
RSA="RSA -pkeyopt rsa_keygen_bits:2048"

certificate server-rsa $END $NAMES serverAuth $RSA
certificate server-ec $END $NAMES serverAuth $EC
certificate server-ed25519 $END $NAMES serverAuth ED25519
certificate server-other-name $END DNS:other.example.com,IP:192.0.2.1 serverAuth $EC
certificate server-expired $EXPIRED $NAMES serverAuth $EC
certificate client-rsa $END DNS:client clientAuth $RSA
certificate client-ec $END DNS:client clientAuth $EC
certificate client-ed25519 $END DNS:client clientAuth ED25519
certificate client-expired $EXPIRED DNS:client clientAuth $EC

# The same keys in the older forms
openssl pkey -in client-rsa.key -traditional -out client-rsa-pkcs1.key
openssl ecparam -name prime256v1 -out client-ec-sec1.key
openssl pkey -in client-ec.key -traditional >> client-ec-sec1.key
openssl pkey -in client-rsa.key -aes256 -passout pass:secret -out client-rsa-encrypted.key
openssl pkey -in client-rsa.key -traditional -aes256 -passout pass:secret -out client-rsa-encrypted-pkcs1.key
