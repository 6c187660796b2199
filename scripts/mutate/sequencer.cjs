// Runs suites in the order in which they were chosen; Jest's own begins with the slowest.
const Sequencer = require("@jest/test-sequencer").default;

const order = JSON.parse(process.env.MUTANT_SUITES ?? "[]");

module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  }
};
