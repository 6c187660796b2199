import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

/** Name of the variable and of the output that says what was applied last: who names no tag passes that on. */
export const IMAGE_TAG = "image_tag";

/**
 * The tag of an application's image, as a variable of its stack. It has no default: without one Terraform refuses to plan,
 * instead of putting an old version back.
 */
export function imageTag(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const variable = new TerraformVariable(stack, IMAGE_TAG, {
    type: "string",
    nullable: false,
    description: "Tag of the application's image.",
    validation: [
      {
        // with a digest it is still one text behind a colon, which every chart and registry takes: repository:tag@digest
        condition: `\${can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?$", var.${IMAGE_TAG})) && var.${IMAGE_TAG} != "latest"}`,
        errorMessage:
          "A tag has letters, digits, '_', '.' and '-', 128 at most, may have a digest behind it (1.4.2@sha256:…), and is not latest, which names another image tomorrow.",
      },
    ],
  });
  const output = new TerraformOutput(stack, `applied-${IMAGE_TAG}`, {
    value: variable.stringValue,
    description: "The tag that was applied last.",
  });
  output.overrideLogicalId(IMAGE_TAG);
  return variable.stringValue;
}
