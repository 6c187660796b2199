# Sourced by pipelines whose service hands a job its identity as a token: `WHO=plan . ./login.sh`, or `apply`.
# Tokens are in AWS_ID_TOKEN, AZURE_ID_TOKEN and GOOGLE_ID_TOKEN; the identities' names are variables (pipelines/README.md).
# CLOUDS names those that the job needs.
login_needs() {
  eval "login_value=\${$1-}"
  [ -n "$login_value" ] || {
    echo "set the pipeline's variable $1: pipelines/README.md says what it is" >&2
    exit 1
  }
}
case $WHO in
  plan) login_as=PLAN ;;
  apply) login_as=APPLY ;;
  *) echo "WHO is plan or apply" >&2 && exit 1 ;;
esac
login_umask=$(umask)
umask 077
login_folder=$(mktemp -d)
for login_cloud in $CLOUDS; do
  case $login_cloud in
    aws)
      login_needs AWS_ID_TOKEN
      printf '%s' "$login_value" >"$login_folder/aws"
      export AWS_WEB_IDENTITY_TOKEN_FILE="$login_folder/aws" AWS_ROLE_SESSION_NAME="fleet-$WHO"
      login_needs "AWS_${login_as}_ROLE_ARN"
      export AWS_ROLE_ARN="$login_value"
      ;;
    azure)
      login_needs AZURE_ID_TOKEN
      printf '%s' "$login_value" >"$login_folder/azure"
      # a file is read anew with each token that the provider asks for
      export ARM_USE_OIDC=true ARM_OIDC_TOKEN_FILE_PATH="$login_folder/azure" AZURE_FEDERATED_TOKEN_FILE="$login_folder/azure"
      login_needs "AZURE_${login_as}_CLIENT_ID"
      export ARM_CLIENT_ID="$login_value" AZURE_CLIENT_ID="$login_value" AAD_LOGIN_METHOD=workloadidentity
      ;;
    google)
      login_needs GOOGLE_ID_TOKEN
      printf '%s' "$login_value" >"$login_folder/google"
      login_needs GOOGLE_WORKLOAD_IDENTITY_PROVIDER
      login_provider=$login_value
      login_needs "GOOGLE_${login_as}_SERVICE_ACCOUNT"
      jq -n --arg provider "$login_provider" --arg account "$login_value" --arg file "$login_folder/google" '{
        type: "external_account",
        audience: ("//iam.googleapis.com/" + $provider),
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        token_url: "https://sts.googleapis.com/v1/token",
        credential_source: {file: $file},
        service_account_impersonation_url: ("https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + $account + ":generateAccessToken")
      }' >"$login_folder/google.json"
      export GOOGLE_APPLICATION_CREDENTIALS="$login_folder/google.json"
      ;;
  esac
done
umask "$login_umask"
