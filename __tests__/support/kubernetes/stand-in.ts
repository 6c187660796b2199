import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { type Api, pause } from "./api";
import { balance, bindClaims } from "./clouds";
import { Operators } from "./operators";
import { Kubelets } from "./pods";

/** What is not real in the suite, said before it runs: what it can't see. */
export const BLIND_SPOTS = [
  "kubelets: a pod is ready as soon as its Secrets and ConfigMaps are there; no image is pulled, no program runs, no probe is asked",
  "jobs: done at once, but those of kubectl, which run with the pod's own rights, and those that ask an application by curl, which a stand-in of the ingress controller answers",
  "the network: no packet passes; network policies are held against the ports that pods declare",
  "disks and load balancers: bound and addressed at once",
  "operators: their webhooks allow everything (cert-manager's own judges where KUBEBUILDER_ASSETS or PATH has a cert-manager-webhook), custom resources are Ready without being acted on",
] as const;

/** Stands in for all that a control plane without nodes and operators lacks. */
export class StandIn {
  readonly kubelets: Kubelets;
  readonly operators: Operators;
  /** What went wrong in it; a suite that failed prints it. */
  readonly troubles: string[] = [];
  private on = true;
  private readonly loop: Promise<void>;

  constructor(
    private readonly api: Api,
    folder: string,
    address: string,
  ) {
    this.kubelets = new Kubelets(api, address);
    this.operators = new Operators(api, join(folder, "operators"));
    this.loop = this.run();
  }

  private async run(): Promise<void> {
    let heartbeat = 0;
    while (this.on) {
      try {
        if (Date.now() - heartbeat > 10_000) {
          await this.kubelets.nodes();
          heartbeat = Date.now();
        }
        await this.kubelets.pods();
        await bindClaims(this.api);
        await balance(this.api);
        await this.operators.act();
      } catch (error) {
        this.troubles.push(`${new Date().toISOString()} ${String(error)}`);
      }
      await pause(400);
    }
  }

  async stop(): Promise<void> {
    this.on = false;
    await this.loop;
    await this.operators.stop();
    await this.kubelets.ingress.stop();
    this.api.close();
  }
}

/** An address of this machine that is not loopback: Kubernetes takes no other for an endpoint. */
export function machineAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
}
