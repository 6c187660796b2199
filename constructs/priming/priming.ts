import { Construct } from "constructs";
import type { AddOnName, ChartName } from "../../model/add-ons";
import type { Addons } from "../../model/schema/addons";
import { INSTALLS } from "./add-ons";
import { AppIdentities } from "./app-identities";
import { appNamespaceObjects } from "./app-namespaces";
import { AppSecretStores } from "./app-secret-stores";
import { DatabaseLogins } from "./database-logins";
import { type AddOnHost, hasAddOn } from "./host";
import { type AddOnInstaller, BASE_NAMESPACE } from "./install";
import { Installer } from "./installer";
import type { AddOnNamespace, OpenPort } from "./namespace";
import { networkPolicies } from "./network-policies";
import type { OwnAddOns } from "./own-add-on";
import { PeoplesAccess } from "./people";
import { RegistryTokens } from "./registry-tokens";

/** An add-on as Priming sees it: any of them may install any chart. */
interface AnyInstall {
  readonly namespace?: AddOnNamespace;
  opens?(addons: Addons): readonly OpenPort[];
  install(scope: Construct, host: AddOnHost, installer: AddOnInstaller<ChartName>): void;
}

/** What a cluster needs before applications: its add-ons, their namespaces, and the order between them. */
export class Priming extends Construct {
  /** @param own add-ons besides those that \`host.addons\` asks for. @default - none */
  constructor(scope: Construct, id: string, host: AddOnHost, own: OwnAddOns = {}) {
    super(scope, id);
    const installer = new Installer(this, host);
    installer.namespace({ name: BASE_NAMESPACE, podSecurity: "restricted" });
    const wanted = (Object.entries(INSTALLS) as [AddOnName, AnyInstall][]).filter(([name]) => hasAddOn(host, name));
    const clash = Object.keys(own).find((name) => Object.hasOwn(INSTALLS, name));
    if (clash !== undefined) throw new Error(`own add-on '${clash}': Meridian has an add-on of that name; give yours another`);
    const ours = wanted.flatMap(([, { namespace, opens }]) =>
      namespace ? [opened(namespace, host.addons, opens?.(host.addons))] : [],
    );
    const namespaces = [...ours, ...Object.values(own).flatMap(({ namespace }) => namespace ?? [])];
    for (const namespace of namespaces) installer.namespace(namespace);
    for (const [name, addOn] of wanted) addOn.install(new Construct(this, name), host, installer);
    for (const [name, addOn] of Object.entries(own)) addOn.install(new Construct(this, name), host, installer);
    const { appIdentities = [] } = host;
    const identities = appIdentities.length > 0 ? new AppIdentities(this, "app-identities", host, appIdentities) : undefined;
    if (host.databases && host.databases.all.length > 0)
      new DatabaseLogins(this, "databases", { ...host.databases, identities }, installer);
    if (host.addons.guards.networkPolicies && namespaces.length > 0)
      installer.objects(this, "network-policies", {
        phase: "operators",
        namespace: BASE_NAMESPACE,
        objects: namespaces.flatMap(networkPolicies),
      });
    this.appNamespaces(installer, host, identities);
    installer.order();
  }

  /** Those of applications: in this state, so that it is nobody's loss when an application goes. */
  private appNamespaces(installer: Installer, host: AddOnHost, identities: AppIdentities | undefined): void {
    const { appNamespaces = [], appSecrets, pulls = [], addons } = host;
    const made = appNamespaces.map((namespace) =>
      namespace.existing ? installer.existingNamespace(namespace.name) : installer.namespace(namespace),
    );
    const people = new PeoplesAccess(this, "people", host, appNamespaces);
    const objects = [...appNamespaceObjects(appNamespaces, addons.guards.networkPolicies), ...people.bindings];
    if (objects.length > 0)
      installer.objects(this, "app-namespaces", { phase: "operators", namespace: BASE_NAMESPACE, objects, after: made });
    if (pulls.length > 0) new RegistryTokens(this, "registries", pulls, made, installer);
    if (appSecrets) new AppSecretStores(this, "app-secrets", appSecrets, made, installer);
    identities?.install(installer, made);
  }
}

/** A namespace with what the fleet file opens: by what its values expose, or by saying so. */
function opened(namespace: AddOnNamespace, { guards }: Addons, exposed: readonly OpenPort[] = []): AddOnNamespace {
  const said = guards.open.filter((opening) => opening.namespace === namespace.name);
  return { ...namespace, open: [...(namespace.open ?? []), ...exposed, ...said] };
}
