import { App, LocalBackend, TerraformStack } from "cdktf";
import { cluster } from "./cluster";
import { names } from "./names";

const app = new App();
for (const [id, build] of Object.entries({ cluster, names })) {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: `../../../state/${id}.tfstate` });
  build(stack);
}
app.synth();
