/** A checkout of a provider: its packages, their functions, constants and variables, read when asked for. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closing, expression, tokens } from "./go.mjs";

export class Checkout {
  constructor(root, module) {
    this.root = root;
    this.module = module;
    this.packages = new Map();
  }
  folderOf(importPath) {
    if (importPath.startsWith(`${this.module}/`)) return join(this.root, importPath.slice(this.module.length + 1));
    const vendored = join(this.root, "vendor", importPath);
    return existsSync(vendored) ? vendored : undefined;
  }
  package(folder) {
    if (!this.packages.has(folder)) this.packages.set(folder, new Package(this, folder));
    return this.packages.get(folder);
  }
}

class Package {
  constructor(checkout, folder) {
    this.checkout = checkout;
    this.folder = folder;
    this.files = existsSync(folder)
      ? readdirSync(folder)
          .filter((file) => file.endsWith(".go") && !file.endsWith("_test.go"))
          .map((file) => new File(this, join(folder, file)))
      : [];
  }
  /** A function by its name; of a method "Type.Name". */
  func(name) {
    for (const file of this.files) {
      const body = file.func(name);
      if (body) return { file, body };
    }
  }
  constant(name) {
    for (const file of this.files) {
      const value = file.constant(name);
      if (value) return { file, value };
    }
  }
}

class File {
  constructor(pack, path) {
    this.pack = pack;
    this.path = path;
    this.text = readFileSync(path, "utf8");
    this.imports = new Map();
    const block = /^import \(([\s\S]*?)^\)/m.exec(this.text)?.[1] ?? /^import (".*")$/m.exec(this.text)?.[1] ?? "";
    for (const [, alias, from] of block.matchAll(/^\s*(\w+)?\s*"([^"]+)"/gm)) {
      const last = from
        .split("/")
        .filter((part) => !/^v\d+$/.test(part))
        .at(-1);
      this.imports.set(alias ?? last.replace(/^go-/, ""), from);
      if (!alias) this.imports.set(from.split("/").at(-1), from);
    }
  }
  func(name) {
    const [type, method] = name.includes(".") ? name.split(".") : [undefined, name];
    const head = type ? `^func \\(\\w* ?\\*?${type}\\) ${method}\\(` : `^func ${method}\\(`;
    const match = new RegExp(head, "m").exec(this.text);
    if (!match) return undefined;
    const list = tokens(this.text.slice(match.index, this.text.indexOf("\n}", match.index) + 2));
    let i = list.findIndex(({ sign }) => sign === "(");
    i = closing(list, i) + 1;
    if (type) i = closing(list, i + 1) + 1;
    // what it returns may have brackets of its own
    let body = i;
    while (list[body] && !(list[body].sign === "{" && list[body - 1]?.name !== "interface" && list[body - 1]?.name !== "struct"))
      body += 1;
    return list.slice(body + 1, closing(list, body));
  }
  constant(name) {
    const match = new RegExp(`^\\s*(?:var |const )?${name}(?:\\s+[\\w.*\\[\\]{}]+)?\\s*=\\s*`, "m").exec(this.text);
    if (!match) return undefined;
    const rest = this.text.slice(match.index + match[0].length, match.index + match[0].length + 20000);
    return expression(tokens(rest), 0)[0];
  }
  packageOf(alias) {
    const from = this.imports.get(alias);
    const folder = from && this.pack.checkout.folderOf(from);
    return folder ? this.pack.checkout.package(folder) : undefined;
  }
}
