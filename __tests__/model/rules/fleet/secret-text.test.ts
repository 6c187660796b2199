import { isLiteral, nameInText, secretsInArguments } from "../../../../model/rules/fleet/secret-text";

test.each([
  ...["", "true", "FALSE", "on", "off", "yes", "no", "none", "null", "enabled", "disabled", "0", "1", " 1 ", '"true"', "'no'"],
  ...["string", "str!", "text?", "bytes;", "`cat x`", "@file", "$NAME", "$a.b:c-d", "$NAME;", "$fn{x}", "$NAME)|&"],
  ...["https://h/x?a", "s3+x.y-z://bucket", "/run/x", "~/x", "./x", "../x/y/", "/x.y_z-1", "C:\\x", "a/b.pem", "x.KEY", "x.yml"],
  ...["x.yaml", "x.json", "x.p12", "x.pfx", "x.jks", "x.crt", "x.der", "x.txt", "x.token"],
])("'%s' is a switch, a reference, an address or a file", (text) => {
  expect(isLiteral(text)).toBe(false);
});

test.each([
  ...["hunter2", "truer", "untrue", "10", "x`y", "a@b", "a$NAME", "$NAME-!", "$1abc", "https://u:p@h", "x https://h"],
  ...["hun/ter", "x /run/x", "xC:\\x", "a b.pem", "x.pem2", "x.pemx", "stringy", "a'b", `a"b`, "x1"],
])("'%s' is the thing itself", (text) => {
  expect(isLiteral(text)).toBe(true);
});

test("quotes are taken off at both ends, and not from inside", () => {
  expect(isLiteral(`"/run/x"`)).toBe(false);
  expect(isLiteral(`/run/"x`)).toBe(true);
  expect(isLiteral("tr'ue")).toBe(true);
});

test.each<[string, string | undefined]>([
  ["host=db password=hunter2", "password"],
  ["host=db password=$PW", undefined],
  ["host=db password=get_password()", undefined],
  ["host=db password=x.get(1)", undefined],
  ["host=db password=-get(1)", "password"],
  ["colour=blue", undefined],
  ["password={secret:shop-db}", undefined],
  ["user default on >hunter2", "user"],
  ["user default on >$PW", undefined],
  ["bind x\nrequirepass hunter2", "requirepass"],
  ["x y\nsecret words", undefined],
  ["run --password hunter2", "--password"],
  ["run --colour blue", undefined],
  ["password='hunter2'", "password"],
])("the name of a secret in '%s' is %s", (text, name) => {
  expect(nameInText(text)).toBe(name);
});

const inArguments = (...args: readonly unknown[]) => Object.fromEntries(secretsInArguments(args));

test("arguments with a secret are told by their places, with the flag before them", () => {
  expect(inArguments("run", "--password", "hunter2", "--colour", "blue", "--token", "t0ken!")).toEqual({
    2: "--password",
    6: "--token",
  });
  expect(inArguments("--password", 12345678)).toEqual({ 1: "--password" });
  expect(inArguments("--password", true)).toEqual({});
  expect(inArguments({}, "--password", null, "hunter2")).toEqual({ 3: "--password" });
  expect(inArguments("run", "--token a1b2! --password hunter2 x")).toEqual({ 1: "--token" });
  expect(inArguments("--token", "a1b2!", "--password", "hunter2")).toEqual({ 1: "--token", 3: "--password" });
  expect(inArguments()).toEqual({});
});

test.each<[string, string, string | undefined]>([
  ["a flag behind a flag", "--password --token", undefined],
  ["a word that ends in a hyphen", "--password hunter2-", "--password"],
  ["a reference behind a flag", "--password $PW", undefined],
  ["a key", "ssh --key abc123", "--key"],
  ["a private key", "x -private_key abc123", "-private_key"],
  ["a client's key", "x --client-key abc123", "--client-key"],
  ["a key's name", "x --key-name abc123", undefined],
  ["a public key", "x --public-key abc123", undefined],
  ["a word that is no flag", "password hunter2", undefined],
  ["a flag glued to a word", "x/--password hunter2", undefined],
  ["a flag with its value before a word", "--password=$PW hunter2", undefined],
  ["curl's login", "curl -u admin:hunter2", "-u"],
  ["curl's login by its long name", "/usr/bin/curl --user admin:hunter2", "--user"],
  ["a proxy's login", "curl -U admin:hunter2", "-U"],
  ["a proxy's login by its long name", "curl --proxy-user admin:hunter2", "--proxy-user"],
  ["a user without a password", "curl -u admin", undefined],
  ["a user with a port behind", "curl -u admin:x:y", undefined],
  ["a user that is filled in", "curl -u $USER:hunter2", undefined],
  ["a login of another program", "chown -u admin:hunter2", undefined],
  ["a login of a program that begins so", "curlew -u admin:hunter2", undefined],
  ["HTTPie's login", "http -a admin:hunter2", "-a"],
  ["HTTPie's login by its long name", "/bin/https --auth admin:hunter2", "--auth"],
  ["HTTPie's flag for curl", "curl -a admin:hunter2", undefined],
  ["curl's flag for HTTPie", "http -u admin:hunter2", undefined],
  ["a login of a program that begins like HTTPie", "httpd -a admin:hunter2", undefined],
  ["a flag that begins so", "curl -ux admin:hunter2", undefined],
  ["a flag that ends so", "curl --x-u admin:hunter2", undefined],
  ["curl's login behind an address", "curl https://h -u admin:hunter2", "-u"],
])("%s", (_what, line, flag) => {
  expect(inArguments(...line.split(" "))).toEqual(flag === undefined ? {} : { [line.split(" ").length - 1]: flag });
});

test("a program's own way to take a password counts too, and what follows it", () => {
  expect(inArguments("redis-cli", "-a", "hunter2", "--token", "t0ken!")).toEqual({ 2: "redis-cli -a", 4: "--token" });
  expect(inArguments("curl", "--token", "t0ken!", "-u", "admin:hunter2")).toEqual({ 2: "--token", 4: "-u" });
  expect(inArguments("sh", "-c", "redis-cli -a $PW", "&&", "sshpass -p hunter2 x", "&&", "redis-cli -a hunter3")).toEqual({
    4: "sshpass -p",
    6: "redis-cli -a",
  });
  expect(nameInText("redis-cli -a hunter2 ping")).toBe("redis-cli -a");
});
