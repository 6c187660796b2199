// Becomes dist/<program>.js. Runs the bundle beside it with V8's code cache of an earlier run, since compiling it takes
// longer than synthesizing a fleet. A cache of another Node is rejected by V8 and made anew. Of another bundle V8 rejects
// only one of another length, and runs wrong code from the rest: a cache that is older than the bundle isn't given to it.
const { readFileSync, statSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

// cdktf calls util.isArray, which Node 22 and later warn of: nothing that a user could mend
process.noDeprecation = true;

const bundle = __filename.replace(/\.js$/, ".bundle.js");
const cache = `${bundle}.cache`;
const read = (file) => {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // the first run
  }
};

const writtenAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const builtAt = writtenAt(bundle);
const cachedData = writtenAt(cache) >= builtAt ? read(cache) : undefined;
// the bundle is ASCII, which is read faster as Latin 1 than as UTF-8
const script = new Script(readFileSync(bundle, "latin1"), { filename: bundle, cachedData });
if (!cachedData || script.cachedDataRejected) {
  // when the run is over, so that the functions that it used are in it
  process.on("exit", () => {
    try {
      // another build may have come meanwhile
      if (writtenAt(bundle) === builtAt) writeFileSync(cache, script.createCachedData());
    } catch {
      // a folder that can't be written: slower, and correct
    }
  });
}
const program = { exports: {} };
script.runInThisContext()(program.exports, require, program, bundle, __dirname);
