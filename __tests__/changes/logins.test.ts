import { loginsOf } from "../../changes/diff/logins";

test("an apply's logins are the accounts of its providers, each once", () => {
  const provider = {
    aws: [
      { alias: "own", allowed_account_ids: ["111122223333"] },
      { alias: "zone", allowed_account_ids: ["111122223333"] },
    ],
    azurerm: { subscription_id: "00000000-0000-0000-0000-000000000001" },
    google: [{ project: "shop-platform" }],
    helm: [{}],
    kubernetes: [{}],
    random: [{}],
  };
  expect(loginsOf({ provider })).toEqual([
    "AWS 111122223333",
    "Azure 00000000-0000-0000-0000-000000000001",
    "Google shop-platform",
    "the cluster's API",
  ]);
});

test("where a provider names no account, the login is to whichever it is", () => {
  expect(loginsOf({ provider: { aws: [{}], azurerm: [{}], google: [{}] } })).toEqual([
    "AWS account",
    "Azure subscription",
    "Google project",
  ]);
  expect(loginsOf({})).toEqual([]);
});
