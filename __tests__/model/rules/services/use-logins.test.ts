import { appIdentityName } from "../../../../model/derived/identity-logins";
import { googleAccountId } from "../../../../model/derived/names";
import { loginProblems } from "../../../../model/rules/services/use-logins";
import type { Use } from "../../../../model/schema/apps";
import type { Fleet } from "../../../../model/schema/fleet";
import { appsText, image } from "../../../apps/fleet";
import { fleetOf } from "../../../support/fleet";

const sound = fleetOf(appsText({ shop: { image, clusters: ["sydney"] } }));
const database = (cloud: string, engine: string, replicas: string[] = []) => ({
  cloud,
  engine,
  replicas,
  databases: ["orders"],
});
const fleet = {
  ...sound,
  databases: {
    aws: database("aws", "postgres"),
    mysql: database("aws", "mysql"),
    google: database("google", "postgres"),
    googlemysql: database("google", "mysql"),
    azure: database("azure", "postgres"),
    spread: database("azure", "postgres", ["ukwest"]),
    blog: database("azure", "mysql"),
    docs: database("azure", "mongo"),
  },
} as unknown as Fleet;
const said = (use: object) =>
  loginProblems(fleet, "shop", fleet.apps.shop!, { login: "identity", name: "orders", ...use } as unknown as Use).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

test.each([
  [{ database: "aws" }, undefined],
  [{ database: "azure", read: "local" }, undefined],
  [{ database: "spread" }, undefined],
  [{ database: "spread", read: "local" }, "'spread' is read where it is nearest, from replicas on Azure too: leave it out"],
  [{ database: "blog" }, "'blog' is MySQL on Azure: "],
  [{ database: "docs" }, "'docs' is Cosmos DB on Azure: "],
  [{ server: "db" }, "'db' is a machine of its cluster: "],
  [{ database: "none" }, "'none' is a machine of its cluster: "],
])("a login by identity of %j: %s", (use, message) => {
  expect(said(use)).toEqual(message === undefined ? [] : [expect.stringMatching(new RegExp(`^login: .* and ${message}`))]);
});

const as = { R: "region", O: "options", P: "password" };
const none = (variable: string, field: string, of: string) =>
  `as.${variable}: would get \`${field}\`, and an entry of ${of} has none`;
const PASSWORD =
  "as.P: would get `password`, and with `login: identity` there is none: the application asks the cloud for a token";
test.each([
  ["aws", [PASSWORD, none("O", "options", "postgres on aws")]],
  ["google", [PASSWORD, none("R", "region", "postgres on google")]],
  ["googlemysql", [PASSWORD, none("R", "region", "mysql on google"), none("O", "options", "mysql on google")]],
  ["azure", [PASSWORD, none("R", "region", "postgres on azure"), none("O", "options", "postgres on azure")]],
])("variables of fields that an entry of %s lacks are refused", (key, problems) => {
  expect(said({ database: key, as })).toEqual(problems);
});

test("a password has an entry without region and options, and one name for all is no variable", () => {
  expect(said({ database: "aws", login: "password", as })).toEqual([
    "as.R: would get `region`, and only some entries of `login: identity` have it",
    "as.O: would get `options`, and only some entries of `login: identity` have it",
  ]);
  expect(said({ database: "aws", as: "URI" })).toEqual([]);
});

test("a user's name is as long as its engine takes, by the database's name or the only one that it has", () => {
  const more = "a".repeat(60);
  for (const [key, engine, max] of [
    ["aws", "PostgreSQL", 63],
    ["mysql", "MySQL", 32],
  ] as const) {
    const most = max - "_iam".length;
    expect(said({ database: key, name: more.slice(0, most) })).toEqual([]);
    const long = more.slice(0, most + 1);
    expect(said({ database: key, name: long })).toEqual([
      `login: its user would be '${long}_iam', and ${engine} takes ${max} characters: call the database otherwise`,
    ]);
  }
  const long = { ...fleet, databases: { aws: { ...fleet.databases.aws, databases: [more] } } } as unknown as Fleet;
  const use = { login: "identity", database: "aws" } as unknown as Use;
  expect(loginProblems(long, "shop", long.apps.shop!, use)).toHaveLength(1);
  expect(loginProblems(fleet, "shop", fleet.apps.shop!, use)).toEqual([]);
});

test("on Google Cloud it is called as its service account, whose project may make it too long for PostgreSQL", () => {
  const account = googleAccountId(appIdentityName("f", "sydney", "shop"));
  const of = (key: string, projectId: string) => {
    const databases = { [key]: { ...fleet.databases[key], google: { projectId } } };
    const use = { login: "identity", database: key, name: "orders" } as unknown as Use;
    return loginProblems({ ...fleet, databases } as unknown as Fleet, "shop", fleet.apps.shop!, use);
  };
  const project = "p".repeat(63 - `${account}@.iam`.length);
  expect(of("google", project)).toEqual([]);
  expect(of("google", `${project}p`)).toEqual([
    {
      path: ["login"],
      message: `its user would be '${account}@${project}p.iam', and PostgreSQL takes 63 characters: take another project, or a shorter name`,
    },
  ]);
  expect(of("googlemysql", `${project}p`)).toEqual([]);
});
