/** Tokens that their service gives a prefix or a form of its own, so that they can be found wherever they stand. */

/** One form, and what people call it. */
export interface SecretForm {
  readonly what: string;
  readonly form: RegExp;
}

/**
 * Sources: each service's page on its tokens, the prefixes that GitHub's secret scanning lists, and those in gitleaks' rules
 * (config/gitleaks.toml of July 2026).
 */
export const TOKEN_FORMS: readonly SecretForm[] = [
  { what: "a token of Vault", form: /\bhv[sbr]\.[\w-]{16,}/ },
  { what: "a token of HCP Terraform", form: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{20,}/ },
  { what: "a key of Stripe", form: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/]{16,}/ },
  {
    what: "a key of OpenAI or Anthropic",
    form: /\bsk-(?:proj-|ant-|svcacct-|admin-|or-v1-|lf-)[\w-]{16,}|\bsk-[A-Za-z0-9]{32,}/,
  },
  {
    what: "a key of a service of mails",
    form: /\bSG\.[\w-]{16,}\.[\w-]{16,}|\bkey-[0-9a-f]{32}\b|\b[0-9a-f]{32}-(?:us\d{1,2}|[0-9a-f]{8}-[0-9a-f]{8})\b|\bxkeysib-[0-9a-f]{64}|\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b/,
  },
  {
    what: "a token of a package registry",
    form: /\bnpm_[A-Za-z0-9]{30,}|\bpypi-AgE[\w-]{16,}|\bdckr_(?:pat|oat)_[\w-]{16,}|\brubygems_[0-9a-f]{32,}|\bAKCp\w{20,}|\bcmVmdGtuOj[\w+/=]{20,}|\bcio[A-Za-z0-9]{32}\b|\boy2[a-z0-9]{43}\b|\bCLOJARS_[0-9a-f]{60}\b/,
  },
  {
    what: "a token of a cloud service",
    form: /\bdo[opr]_v1_\w{16,}|\bdapi[0-9a-f]{32}\b|\bpul-[0-9a-f]{40}\b|\bdp\.(?:pt|st|ct|sa)\.\w{20,}|\btskey-(?:auth|api|client)-[\w-]{10,}|\bhf_[A-Za-z0-9]{30,}|\bops_eyJ[\w-]{16,}|\bLTAI[A-Za-z0-9]{16,}\b|\bpscale_(?:tkn|pw|oauth)_[\w.-]{20,}|\bsbp_[0-9a-f]{40}\b|\bHRKU-[\w-]{20,}|\bFlyV1 fm\d_\S{16,}|\b(?:gsk|r8|ntn)_[A-Za-z0-9]{36,}|\bnfp_\w{30,}|\bCCIPAT_\w{30,}|\bsb_secret_\w{20,}|\bv1\.0-[0-9a-f]{24}-[0-9a-f]{146}\b|\beyJhIjoi[\w+/=-]{60,}|\bABSK[\w+/]{100,}|\bsha256~[\w-]{43}(?![\w-])|\bfm[12][ar]?_[\w+/=]{60,}|\btk-us-[\w-]{48}\b/,
  },
  {
    what: "a token of a monitoring service",
    form: /\bglsa_\w{20,}|\bglc_[A-Za-z0-9+/=]{20,}|\bNRAK-[A-Z0-9]{20,}|\bNRJS-[0-9a-f]{16,}|\bsntry[su]_[\w+/=-]{20,}|\bdt0[cs]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{32,}|\beyJrIjoi[\w+/=-]{50,}|\b(?:eu01xx)?[0-9a-f]{30,36}NRAL\b|\bhc[abx]ik_\w{40,}/,
  },
  {
    what: "a token of an application",
    form: /\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{24,}|\bPMAK-[0-9a-f-]{24,}|\blin_api_\w{20,}|\bATATT3[\w=-]{20,}|\bsq0(?:atp|csp)-[\w-]{20,}|\bfigd_[\w-]{20,}|\bsecret_[A-Za-z0-9]{43}\b|\bSK[0-9a-f]{32}\b|(?:\b|bot)\d{8,10}:AA[\w-]{30,}|\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])|\bCFPAT-[\w-]{40,}|\bpat-(?:na|eu)\d-[0-9a-f]{8}-[0-9a-f-]{27}\b|\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b|\bsdk-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\bsk\.eyJ[\w-]{20,}|\bA3-[A-Z0-9]{6}-(?:[A-Z0-9]{6}-[A-Z0-9]{5}|[A-Z0-9]{11})(?:-[A-Z0-9]{5}){3}\b|\bp8e-[a-z0-9]{32}\b/,
  },
  {
    what: "a token of a build or a registry of code",
    form: /\bsq[aup]_[0-9a-f]{40}\b|\bbkua_[0-9a-f]{40}\b|\bATBB[A-Za-z0-9]{24,}\b|\bsgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}\b|\bpnu_[A-Za-z0-9]{36}\b|\bAPI-[A-Z0-9]{26}\b|\bico-[A-Za-z0-9]{32}\b|\b[ps]at\.[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}\b/,
  },
  {
    what: "a key of a payment service",
    form: /\bFLWSECK(?:_TEST)?-[0-9a-z]{12,}|\baccess_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}|\bduffel_(?:test|live)_[\w=-]{40,}|\bEZ[AT]K[A-Za-z0-9]{54}\b|\bshippo_(?:live|test)_[0-9a-f]{40}\b/,
  },
  {
    what: "a key of a model",
    form: /\blsv2_(?:pt|sk)_[0-9a-f]{32}|\bxai-[A-Za-z0-9]{70,}|\bpplx-[A-Za-z0-9]{40,}|\bapi_org_[A-Za-z]{34}\b/,
  },
];
