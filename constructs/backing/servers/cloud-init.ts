import type { Server } from "../../../model/schema/servers";
import { SCRIPTS } from "./scripts";

export interface CloudInitProps {
  /** Name of the server, for its messages. */
  readonly name: string;
  readonly server: Pick<Server, "role" | "disk" | "sanitize">;
  readonly address: string;
  /** Range that may use it: the nodes', since pods of an overlay arrive with their node's address. */
  readonly nodes: string;
  /** postgres: major version. */
  readonly version: string;
  /** postgres: databases, each with its login. */
  readonly databases: readonly string[];
  /** Name of the vault that has the passwords. */
  readonly vault: string;
  /** Start of the passwords' names there, before a hyphen and the database. */
  readonly logins: string;
}

interface File {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}

const file = (path: string, content: string, permissions = "0644"): File => ({ path, content, permissions });
const unit = (name: string, text: string) => file(`/etc/systemd/system/${name}`, text);

/** Tried again until it is done, while what needs it waits (systemd 254, RestartMode): an archive or a disk that is late needs nobody's hand. */
const step = (description: string, script: string, requires?: string) => `[Unit]
Description=${description}
StartLimitIntervalSec=0
After=network-online.target${requires ? ` ${requires}` : ""}
Wants=network-online.target
${requires ? `Requires=${requires}\n` : ""}
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/meridian-${script}
Restart=on-failure
RestartMode=direct
RestartSec=30
TimeoutStartSec=infinity
`;

const WANTED = "\n[Install]\nWantedBy=multi-user.target\n";

const SERVES = {
  nfs: ({ nodes }: CloudInitProps): readonly File[] => [
    // mp: nothing is exported while the disk isn't mounted
    file("/etc/exports", `/data/export ${nodes}(rw,mp=/data,fsid=1,sync,no_subtree_check,no_root_squash)\n`),
    file("/etc/nfs.conf.d/meridian.conf", "[nfsd]\nvers3=n\nvers4.0=n\nvers4.1=y\nvers4.2=y\n"),
    unit("nfs-server.service.d/meridian.conf", "[Unit]\nRequires=meridian-prepare.service\nAfter=meridian-prepare.service\n"),
    unit(
      "meridian-serve.service",
      `[Unit]
Description=Files of the data disk
Requires=meridian-prepare.service
After=meridian-prepare.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/systemctl start nfs-server.service
${WANTED}`,
    ),
  ],
  postgres: ({ nodes, version }: CloudInitProps): readonly File[] => [
    file("/etc/postgresql-common/createcluster.conf", "create_main_cluster = false\n"),
    file("/etc/meridian/pg_hba.conf", `local all postgres peer\nhostssl all all ${nodes} scram-sha-256\n`),
    unit(
      "meridian-serve.service",
      `[Unit]
Description=PostgreSQL on the data disk
Requires=meridian-prepare.service
After=meridian-prepare.service

[Service]
Type=notify
User=postgres
RuntimeDirectory=postgresql
RuntimeDirectoryPreserve=yes
ExecStart=/usr/lib/postgresql/${version}/bin/postgres -D /data/postgresql -c listen_addresses=* -c unix_socket_directories=/run/postgresql -c hba_file=/etc/meridian/pg_hba.conf -c password_encryption=scram-sha-256 -c ssl=on -c ssl_cert_file=/etc/meridian/server.crt -c ssl_key_file=/etc/meridian/server.key
KillSignal=SIGINT
TimeoutSec=infinity
Restart=on-failure
RestartSec=10
${WANTED}`,
    ),
    unit(
      "meridian-logins.service",
      "[Unit]\nDescription=Logins with the passwords of the vault\nRequires=meridian-serve.service\nAfter=meridian-serve.service\n\n[Service]\nType=oneshot\nExecStart=/usr/local/sbin/meridian-logins\n",
    ),
    unit(
      "meridian-logins.timer",
      "[Unit]\nDescription=Logins with the passwords of the vault, again and again\n\n[Timer]\nOnActiveSec=1min\nOnUnitInactiveSec=10min\n\n[Install]\nWantedBy=timers.target\n",
    ),
  ],
} as const;

/**
 * What cloud-init does on a server's first start: it writes files and starts units, which then run at every start. A
 * document of JSON, which is YAML too. No secret is in it: passwords are read at boot by the machine's identity.
 */
export function cloudInit(props: CloudInitProps): string {
  const { name, server, address, version, databases, vault, logins } = props;
  const { role } = server;
  const settings = {
    NAME: name,
    ADDRESS: address,
    DISK_IS_NEW: server.disk.restoreFrom ? "no" : "yes",
    ...(role === "postgres" && { VERSION: version, DATABASES: databases.join(" "), VAULT: vault, LOGINS: logins }),
  };
  const files: readonly File[] = [
    file(
      "/etc/meridian/server",
      Object.entries(settings)
        .map(([key, value]) => `${key}='${value}'\n`)
        .join(""),
    ),
    ...Object.entries(SCRIPTS[role]).map(([script, text]) => file(`/usr/local/sbin/meridian-${script}`, text, "0755")),
    ...(server.sanitize === undefined ? [] : [file("/etc/meridian/sanitize", `${server.sanitize}\n`)]),
    unit("meridian-data.service", step("The data disk", "data-disk")),
    unit("meridian-prepare.service", step("What is served from the data disk", "prepare", "meridian-data.service")),
    ...SERVES[role](props),
  ];
  const units = ["meridian-serve.service", ...(role === "postgres" ? ["meridian-logins.timer"] : [])];
  const config = {
    write_files: files,
    runcmd: [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "--no-block", ...units],
    ],
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 1)}\n`;
}
