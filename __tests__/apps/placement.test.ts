import { placementOf } from "../../model/derived/placement";
import { fleetOf } from "../support/fleet";
import { appsOutput, appsText, chart, image, problems, valuesIn } from "./fleet";

describe("where applications run", () => {
  const placed = (clusters: readonly string[], labels: object = {}) => {
    const text = appsText({ shop: { image, clusters } }).replace(
      "cloud: azure",
      `cloud: azure\n    labels: ${JSON.stringify(labels)}`,
    );
    return fleetOf(text);
  };

  test("is said by name, by cloud or by label, any of them", () => {
    const where = (clusters: readonly string[], labels?: object) =>
      placementOf(placed(clusters, labels), { clusters: [...clusters] });
    expect(where(["cloud:aws", "sydney"])).toEqual(["sydney", "saopaulo"]);
    expect(where(["label:tier=edge"], { tier: "edge" })).toEqual(["toronto"]);
  });

  test("is where a database is written, and moves with a promotion", () => {
    const tweets = { engine: "mongo", cloud: "azure", region: "westus", replicas: ["canadacentral"], secretsRegion: "westus" };
    const where = (primary: string) =>
      placementOf(fleetOf(appsText({ shop: { image } }, { databases: { tweets: { ...tweets, primary } } })), {
        clusters: ["database:tweets"],
      });
    expect(where("canadacentral")).toEqual(["toronto"]);
    expect(where("westus")).toEqual([]);
    const databases = { tweets };
    expect(problems({ shop: { image, clusters: ["database:tweets"] } }, { databases })).toEqual([
      expect.stringContaining("database 'tweets' is written in westus, and no cluster is there"),
    ]);
    expect(problems({ shop: { image, clusters: ["database:tweet"] } }, { databases })).toEqual([
      expect.stringContaining("no database is called 'tweet'; did you mean 'tweets'?"),
    ]);
  });

  test("a cloud, a label or a name that no cluster has is refused", () => {
    expect(problems({ shop: { image, clusters: ["cloud:gcp"] } })).toEqual([expect.stringContaining("'gcp' is no cloud")]);
    expect(problems({ shop: { image, clusters: ["cloud:existing"] } })).toEqual([
      expect.stringContaining("no cluster is in cloud"),
    ]);
    expect(problems({ shop: { image, clusters: ["label:tier=edge"] } })).toEqual([
      expect.stringContaining("no cluster has the label"),
    ]);
    expect(problems({ shop: { image, clusters: ["sidney"] } })).toEqual([expect.stringContaining("did you mean 'sydney'")]);
  });

  test("what differs on one cluster is laid over what is common, and only where the application runs", () => {
    const output = appsOutput({
      shop: { ...chart, values: { a: { b: 1, c: 2 } }, perCluster: { sydney: { values: { a: { b: 3 } } } } },
    });
    expect(valuesIn(output.stacks["f-sydney-apps"]!, "shop")).toEqual({ a: { b: 3, c: 2 } });
    expect(valuesIn(output.stacks["f-toronto-apps"]!, "shop")).toEqual({ a: { b: 1, c: 2 } });
    expect(problems({ shop: { ...chart, clusters: ["toronto"], perCluster: { sydney: {} } } })).toEqual([
      expect.stringContaining("doesn't run on 'sydney', only on toronto"),
    ]);
  });
});
