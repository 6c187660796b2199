import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Construct } from "constructs";
import type { App } from "../../model/schema/apps";
import type { ChartsSource } from "../../model/schema/charts";
import { literalDeep } from "../escape";
import { chartReference } from "../priming/chart-source";
import { helmRelease } from "../priming/helm-release";
