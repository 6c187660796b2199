// Takes the place of cdktf's zip library in the bundles: only assets of type ARCHIVE need it, and there are none. Loading
// it costs a twentieth of a synth.
module.exports = () => {
  throw new Error("assets of type ARCHIVE are not bundled: see scripts/no-archiver.cjs");
};
