import { type Data, over, problemsWith } from "../../support";

const acr = { cloud: "azure", region: "uksouth" };
const ecr = { cloud: "aws", region: "eu-west-1", repositories: ["shop", "team/api"] };
const of = (image: Data, registries: Data = {}, clusters = ["aks"]) =>
  problemsWith({ registries, apps: { shop: { image: { tag: "1", ...image }, clusters, values: { port: 8080 } } } });
const at = (field: string, message: string) => [`apps.shop.image.${field}: ${message}`];

test("an image of a host, and one of a registry of the fleet, have no problem", () => {
  expect(of({ repository: "ghcr.io/team/shop" })).toEqual([]);
  expect(of({ registry: "images", repository: "any/thing" }, { images: acr })).toEqual([]);
  expect(of({ registry: "images", repository: "team/api" }, { images: ecr }, ["eks"])).toEqual([]);
});

test("a registry's host in the place of its key is told apart from a misspelt key", () => {
  expect(of({ registry: "ghcr.io", repository: "shop" }, { images: acr })).toEqual(
    at("registry", "no registry is called 'ghcr.io'; of a registry outside the fleet write `repository: ghcr.io/…` alone"),
  );
  expect(of({ registry: "toString", repository: "shop" }, { images: acr })).toEqual(
    at("registry", "no registry is called 'toString'; registries: images"),
  );
});

test("a list of repositories is kept to on each cloud, and an empty one on AWS has none", () => {
  const missing = "registry 'images' has no repository 'x/y'";
  expect(of({ registry: "images", repository: "x/y" }, { images: { ...acr, repositories: ["shop"] } })).toEqual(
    at("repository", `${missing}; repositories: shop; add it under registries.images.repositories`),
  );
  const cached = { ...ecr, repositories: [], caches: { quay: { from: "quay.io" } } };
  expect(of({ registry: "images", repository: "x/y" }, { images: cached }, ["eks"])).toEqual([
    expect.stringMatching(/^apps.shop.image.repository: registry 'images' has no repository 'x\/y'/),
  ]);
  expect(of({ registry: "images", repository: "quay/x/y" }, { images: cached }, ["eks"])).toEqual([]);
});

test("each cluster that may not pull is named, and no other", () => {
  const twins = over(acr, { pull: ["aks"] });
  const secrets = { addons: { externalSecrets: { enabled: true } } };
  const said = (clusters: string[]) =>
    problemsWith({
      registries: { images: twins },
      apps: { shop: { image: { registry: "images", repository: "shop", tag: "1" }, clusters, values: { port: 8080 } } },
      clusters: { eks: secrets, gke: secrets },
    });
  expect(said(["gke", "aks", "eks"])).toEqual(
    at("registry", "'shop' runs on eks, gke, which may not pull from 'images': add them under registries.images.pull"),
  );
  expect(said(["gke"])).toEqual(
    at("registry", "'shop' runs on gke, which may not pull from 'images': add it under registries.images.pull"),
  );
  expect(said(["aks"])).toEqual([]);
});
