/** Transpiled by swc: types are checked by tsc as a step of its own. */
module.exports = {
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out", "<rootDir>/examples/own-project/"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
  },
  setupFiles: ["<rootDir>/__tests__/support/setup.ts"],
  maxWorkers: "100%",
  testTimeout: 60000,
};
