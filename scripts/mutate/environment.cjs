// Jest's environment for mutants: switches one on (MUTANT), or notes which of them a suite comes past (MUTANT_HITS).
const { appendFileSync } = require("node:fs");
const { TestEnvironment } = require("jest-environment-node");

const { MUTANT, MUTANT_HITS } = process.env;

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const seen = new Set();
    this.global.mutant =
      MUTANT_HITS === undefined
        ? (id) => String(id) === MUTANT
        : (id) => {
            if (!seen.has(id)) {
              seen.add(id);
              appendFileSync(MUTANT_HITS, `${JSON.stringify([id, context.testPath])}\n`);
            }
            return false;
          };
  }
  /** One failure is enough. */
  handleTestEvent({ name, test }) {
    if (MUTANT !== undefined && name === "test_done" && test.errors.length > 0) process.exit(1);
  }
};
