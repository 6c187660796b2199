/** Actions by the commit of a release, as each repository's tags have them (looked up in August 2026). */
export const CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2";
export const SETUP_TERRAFORM = "hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2";
export const UPLOAD_ARTIFACT = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2";
export const DOWNLOAD_ARTIFACT = "actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0";
export const AWS_LOGIN = "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3";
export const AZURE_LOGIN = "azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1";
export const GOOGLE_LOGIN = "google-github-actions/auth@7c6bc770dae815cd3e89ee6cdf493a5fab2cc093 # v3.0.0";
export const SETUP_GCLOUD = "google-github-actions/setup-gcloud@aa5489c8933f4cc7a4f7d45035b3b1440c9c10db # v3.0.1";
export const USE_KUBELOGIN = "azure/use-kubelogin@0ce7c36141aa27d4934872cf00b0120804c98a29 # v1.3";
/** After its tags were moved to somebody else's code in 2026, its maintainers gave the older versions other tags. */
export const TRIVY = "aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0";
