#!/bin/bash
# Brings what the management service's agent needs onto the instance: its data volume, its binary, its
# settings, its secrets. Runs at every start, before the agent, and waits for what is not there yet.
# Settings: /etc/gke-aws/environment. PREFIX: a folder to work in instead of /, for trying it out; unset is
# empty, as long as `set -u` comes later.
PREFIX=$PREFIX
[ -n "$RETRY_SECONDS" ] || RETRY_SECONDS=15
set -euo pipefail
umask 077
. "$PREFIX/etc/gke-aws/environment"
run=$PREFIX/run/gke-aws
agent=$PREFIX/usr/local/bin/gke-aws-node-agent
data=$PREFIX/var/lib/etcd

say() { echo "gke-aws: $*" >&2; }

fail() {
  say "$*"
  exit 1
}

until_done() {
  until "$@"; do
    say "trying again: $*"
    sleep "$RETRY_SECONDS"
  done
}

install_aws() {
  command -v aws > /dev/null && return
  export DEBIAN_FRONTEND=noninteractive
  until_done apt-get update -q
  until_done apt-get install -q -y awscli
}

metadata() {
  local token
  token=$(curl -sf -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" "http://169.254.169.254/latest/api/token")
  curl -sf -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

# The instance before this one holds the volume until it is gone.
attach_data_volume() {
  local instance
  instance=$(metadata instance-id)
  device=$PREFIX/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$(echo "$DATA_VOLUME_ID" | tr -d -)
  until [ -e "$device" ]; do
    say "attaching $DATA_VOLUME_ID"
    aws ec2 attach-volume --region "$REGION" --volume-id "$DATA_VOLUME_ID" --instance-id "$instance" \
      --device /dev/sdf > /dev/null || true
    sleep "$RETRY_SECONDS"
  done
}

# Only a volume on which blkid finds nothing at all is made new.
mount_data_volume() {
  local found=0
  blkid -p "$device" > /dev/null || found=$?
  case $found in
    0) ;;
    2) mkfs.ext4 -q -L etcd "$device" ;;
    *) fail "cannot tell what is on $DATA_VOLUME_ID, blkid says $found" ;;
  esac
  mkdir -p "$data"
  mountpoint -q "$data" || mount "$device" "$data"
}

# Whole or not at all: KEY FILE [OPTION...]
fetch() {
  local key=$1 file=$2
  shift 2
  aws s3api get-object --region "$REGION" --bucket "$BUCKET" --key "$key" "$@" "$file.new" > /dev/null \
    && mv "$file.new" "$file"
}

fetch_agent() {
  mkdir -p "$(dirname "$agent")"
  until_done fetch "$AGENT_KEY" "$agent"
  if [ -n "$AGENT_SHA256" ] && ! echo "$AGENT_SHA256  $agent" | sha256sum --check --status; then
    rm "$agent"
    fail "$AGENT_KEY does not have the checksum $AGENT_SHA256; upload the right one"
  fi
  chmod 0755 "$agent"
}

# Without a word of what is in it: it may be a plaintext.
refuse() {
  rm -f "$run/$1."*
  fail "ciphertexts/$1 $2; put the right one there; if a plaintext lay there, revoke it"
}

# The newest one, into memory, for root alone: /run does not outlive the instance, nor a restart.
decrypt() {
  local name=$1 file=$run/$1
  until_done fetch "ciphertexts/$name" "$file.base64"
  if ! base64 --decode "$file.base64" > "$file.ciphertext" || ! [ -s "$file.ciphertext" ]; then
    refuse "$name" "is not the CiphertextBlob that aws kms encrypt prints"
  fi
  aws kms decrypt --region "$REGION" --key-id "$SECRETS_KEY_ARN" --ciphertext-blob "fileb://$file.ciphertext" \
    --encryption-context "purpose=$name" --query Plaintext --output text | base64 --decode > "$file.new" \
    || refuse "$name" "cannot be decrypted with $SECRETS_KEY_ARN and purpose=$name"
  mv "$file.new" "$file"
  rm "$file.base64" "$file.ciphertext"
}

install_aws
attach_data_volume
mount_data_volume
fetch_agent
mkdir -p "$run"
until_done fetch management.yaml "$run/management.yaml" --version-id "$DOCUMENT_VERSION"
for name in $CIPHERTEXTS; do
  decrypt "$name"
done
say "ready"
