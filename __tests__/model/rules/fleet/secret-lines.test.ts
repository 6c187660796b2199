import { givenIn } from "../../../../model/rules/fleet/secret-lines";

const given = (text: string) => givenIn(text).map(({ name, value, by }) => [name, value, ...(by ? [by] : [])].join(" "));

test.each<[string, string, readonly string[]]>([
  ["an assignment", "a=b", ["a b"]],
  ["two behind one another", "a=b;c=d", ["a b", "c d"]],
  ["a flag with its value", "run --a=b -Dx.y=z", ["--a b", "-Dx.y z"]],
  ["an assignment in quotes", `a="b c" d='e f'`, [`a "b c"`, "d 'e f'"]],
  ["labels of PromQL alone, which select", 'x{a="b",c="d"}', []],
  ["what has no quotes before a comma or a brace", "x(a=b,c=d}", ["a b", "c d}"]],
  ["an assignment in an assignment", "--set=auth=password=x", ["--set auth=password=x", "auth password=x", "password x"]],
  ["an assignment in quotes of an assignment", `a="b=c"`, [`a "b=c"`, "b c"]],
  ["a value with a quote in it", `a=b'c'`, ["a b"]],
  ["lines", "a: b\nc = 'd'\n", ["a b", "c 'd'"]],
  ["a line alone, which may be prose", "a: b", []],
  ["a line alone in braces", "{a: b}", ["a b"]],
  ["a line alone in quotes", `"a": "b"`, [`a "b"`]],
  ["a line behind spaces and in quotes", ` 'a': "b"`, [`a "b"`]],
  ["a brace inside of a line alone", "see {a: b}", []],
  ["two words of several lines", "bind x\nrequirepass y z\nrequirepass y", ["bind x words", "requirepass y words"]],
  ["two words alone", "requirepass y", []],
  ["a heading of several lines", "Some words\nsome words", ["some words words"]],
  ["a connection string with spaces", "User ID = sa; Pass = x", ["User ID sa", "Pass x"]],
  ["a variable of a Dockerfile", "ENV A b", ["A b"]],
  ["an element of XML", "<a>b</a>", ["a b"]],
  ["attributes of XML", '<add key="a" value="b"/>', ['key "a"', 'value "b"', "a b"]],
  ["a constant of PHP", "define('A', 'b')", ["A 'b'"]],
  ["a header", "X-A: b", ["X-A b"]],
  ["a header that a proxy sets", "set_header X-A b;", ["X-A b"]],
  ["a setting of the AWS CLI", "aws configure set a b", ["a b"]],
  ["a user of Redis", "user a on >b", ["user b certain"]],
  ["a machine of .netrc", "login u password p", ["password p certain"]],
  ["a user of SQL", "IDENTIFIED BY 'x'", ["IDENTIFIED BY x certain"]],
  ["a password for openssl", "-passin pass:x", ["pass x certain"]],
  ["what is piped", "echo -n 'x' | docker login --password-stdin", ["--password-stdin 'x' certain"]],
])("%s", (_what, text, all) => {
  expect(given(text)).toEqual(all);
});

test("what is given in what is given is looked for four times, and no deeper", () => {
  expect(given("a=b=c=d=e=f=g").map((one) => one[0])).toEqual(["a", "b", "c", "d", "e"]);
});
