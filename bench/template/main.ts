// The default template's way: provider bindings by index, run and type-checked by ts-node.
import * as aws from "@cdktf/provider-aws";
import * as azurerm from "@cdktf/provider-azurerm";
import * as google from "@cdktf/provider-google";
import { App, TerraformStack } from "cdktf";

const app = new App({ outdir: process.argv[2] });
const stack = new TerraformStack(app, "template");
new aws.provider.AwsProvider(stack, "aws", { region: "sa-east-1" });
new aws.vpc.Vpc(stack, "vpc", { cidrBlock: "10.20.0.0/16" });
new azurerm.provider.AzurermProvider(stack, "azurerm", { features: [{}] });
new azurerm.resourceGroup.ResourceGroup(stack, "group", { name: "group", location: "canadacentral" });
new google.provider.GoogleProvider(stack, "google", { project: "project" });
new google.computeNetwork.ComputeNetwork(stack, "network", { name: "network" });
app.synth();
