import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** hashicorp/time, for this alone: one type of two arguments, for which no package of bindings is worth while. */
const TIME = { source: "hashicorp/time", version: "0.13.1" };

export interface PauseProps {
  /** What must have been made for so long, by a name of its own: its id. Made anew, it is waited for anew. */
  readonly after: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/** Lets time pass after something was made: what depends on the pause comes later. A plan without changes waits for nothing. */
export class Pause extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PauseProps,
  ) {
    super(scope, id, { terraformResourceType: "time_sleep" });
    TerraformStack.of(scope).addOverride("terraform.required_providers.time", TIME);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { create_duration: `${this.props.seconds}s`, triggers: { ...this.props.after } };
  }
}
