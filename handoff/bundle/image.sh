#!/bin/sh
# An application's image, for pipelines: image.sh APPLICATION TAG, after login.sh. Built from CONTEXT where FLEET_REGISTRY has
# no such tag yet, so that a tag is one image for ever; scanned before it is pushed. Prints TAG@DIGEST, which every cluster
# then runs. Needs docker, jq and curl; no stored key: it logs in as the job.
set -eu

NAME=${1:?which application?}
TAG=${2:?which tag?}
die() {
  echo "$NAME: $*" >&2
  exit 1
}
# promoted: exactly the image that ran elsewhere
case $TAG in
  *@sha256:*) echo "$TAG" && exit 0 ;;
esac
[ -n "${FLEET_REGISTRY-}" ] || die "set the pipeline's variable FLEET_REGISTRY: pipelines/README.md says what it is"
HOST=${FLEET_REGISTRY%%/*}
IMAGE=$FLEET_REGISTRY/$NAME:$TAG
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
umask 077
for program in docker jq curl; do command -v "$program" >/dev/null || die "needs '$program' on PATH"; done

# a registry's token for the identity that login.sh made the job; tokens go by files and pipes, never as arguments
azure_token() {
  curl -fsS "https://login.microsoftonline.com/$ARM_TENANT_ID/oauth2/v2.0/token" \
    --data-urlencode grant_type=client_credentials --data-urlencode "client_id=$ARM_CLIENT_ID" \
    --data-urlencode scope=https://management.azure.com/.default \
    --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
    --data-urlencode "client_assertion@$AZURE_FEDERATED_TOKEN_FILE" | jq -j .access_token >"$WORK/token"
  curl -fsS "https://$HOST/oauth2/exchange" --data-urlencode grant_type=access_token \
    --data-urlencode "service=$HOST" --data-urlencode "access_token@$WORK/token" | jq -r .refresh_token
}
google_token() {
  jq -n --rawfile token "$(jq -r .credential_source.file "$GOOGLE_APPLICATION_CREDENTIALS")" --slurpfile config "$GOOGLE_APPLICATION_CREDENTIALS" '{
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
    requestedTokenType: "urn:ietf:params:oauth:token-type:access_token",
    scope: "https://www.googleapis.com/auth/cloud-platform",
    audience: $config[0].audience, subjectTokenType: $config[0].subject_token_type, subjectToken: $token
  }' | curl -fsS -H 'Content-Type: application/json' --data @- https://sts.googleapis.com/v1/token |
    jq -r '"header = \"Authorization: Bearer \(.access_token)\""' >"$WORK/federated"
  curl -fsS --config "$WORK/federated" -H 'Content-Type: application/json' \
    --data '{"scope":["https://www.googleapis.com/auth/cloud-platform"]}' \
    "$(jq -r .service_account_impersonation_url "$GOOGLE_APPLICATION_CREDENTIALS")" | jq -r .accessToken
}
log_in() { docker login --username "$1" --password-stdin "$HOST" >&2; }

if [ -n "${CI_REGISTRY-}" ] && [ "$HOST" = "${CI_REGISTRY%%/*}" ]; then
  printf '%s' "$CI_JOB_TOKEN" | log_in gitlab-ci-token
else
  case $HOST in
    *.dkr.ecr.*)
      command -v aws >/dev/null || die "needs 'aws' on PATH to log in to $HOST"
      REGION=${HOST#*.dkr.ecr.}
      aws ecr get-login-password --region "${REGION%%.*}" | log_in AWS
      ;;
    *.azurecr.io)
      # Azure Pipelines has logged az in
      if command -v az >/dev/null && az account show >/dev/null 2>&1; then
        az acr login --name "${HOST%%.*}" >&2
      else
        azure_token | log_in 00000000-0000-0000-0000-000000000000
      fi
      ;;
    *.pkg.dev) google_token | log_in oauth2accesstoken ;;
    *) die "FLEET_REGISTRY is $FLEET_REGISTRY, which is no registry of AWS, Azure or Google, nor the pipeline service's own" ;;
  esac
fi

if docker manifest inspect "$IMAGE" >/dev/null 2>&1; then
  echo "$IMAGE is there already, and is not built again" >&2
  docker pull --quiet "$IMAGE" >&2
else
  [ -n "${CONTEXT-}" ] || die "set the variable that names the folder of its Dockerfile: pipelines/README.md says which"
  docker build --tag "$IMAGE" "$CONTEXT" >&2
  if command -v trivy >/dev/null; then
    trivy image --severity CRITICAL,HIGH --ignore-unfixed --exit-code 1 "$IMAGE" >&2
  else
    docker run --rm --volume /var/run/docker.sock:/var/run/docker.sock "${TRIVY_IMAGE:-aquasec/trivy:0.72.0}" \
      image --severity CRITICAL,HIGH --ignore-unfixed --exit-code 1 "$IMAGE" >&2
  fi
  docker push "$IMAGE" >&2
fi
DIGEST=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$IMAGE" | grep -F "$FLEET_REGISTRY/$NAME@" | head -n 1)
[ -n "$DIGEST" ] || die "$IMAGE has no digest of $FLEET_REGISTRY"
echo "$TAG@${DIGEST##*@}"
