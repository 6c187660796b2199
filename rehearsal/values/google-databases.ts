/** What Google Cloud decides about databases, their secrets and the ways to them. */
import { type Inventor, text } from "./context";
import { compute, project } from "./google";

/** Resource types of Cloud SQL, Secret Manager and Private Service Connect. */
export const googleDatabaseInventors: Readonly<Record<string, Inventor>> = {
  google_sql_database_instance: (s) => {
    const [name, region] = [text(s.known, "name"), text(s.known, "region", "europe-west1")];
    return {
      id: name,
      project: project(s),
      connection_name: `${project(s)}:${region}:${name}`,
      dns_name: `${s.seed.hex(12)}.${s.seed.hex(12, "zone")}.${region}.sql.goog.`,
      psc_service_attachment_link: `projects/${s.seed.hex(17, "tenant")}-tp/regions/${region}/serviceAttachments/a-${s.seed.hex(12, "link")}-psc-service-attachment-${s.seed.hex(16, "end")}`,
      self_link: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${project(s)}/instances/${name}`,
      service_account_email_address: `p${s.seed.digits(12)}-${s.seed.hex(6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
      instance_type: "CLOUD_SQL_INSTANCE",
      master_instance_name: "",
      encryption_key_name: "",
      settings: { version: 1, disk_size: 10, effective_availability_type: "ZONAL" },
    };
  },
  google_sql_database: (s) => ({
    id: `projects/${project(s)}/instances/${text(s.known, "instance")}/databases/${text(s.known, "name")}`,
    project: project(s),
  }),
  google_sql_user: (s) => ({
    id: `${text(s.known, "name")}/${text(s.known, "host")}/${text(s.known, "instance")}`,
    project: project(s),
    host: "",
  }),
  google_secret_manager_secret: (s) => {
    const id = `projects/${project(s)}/secrets/${text(s.known, "secret_id")}`;
    return { id, name: id, project: project(s), expire_time: "" };
  },
  google_secret_manager_secret_version: (s) => {
    const version = String((Number.parseInt(s.seed.hex(3), 16) % 90) + 1);
    return {
      id: `${text(s.known, "secret")}/versions/${version}`,
      name: `${text(s.known, "secret")}/versions/${version}`,
      version,
    };
  },
  google_compute_forwarding_rule: compute("forwardingRules", "regions", (s) => ({
    psc_connection_id: s.seed.digits(18),
    psc_connection_status: "ACCEPTED",
    ip_version: "IPV4",
  })),
  google_dns_record_set: (s) => ({
    id: `projects/${project(s)}/managedZones/${text(s.known, "managed_zone")}/rrsets/${text(s.known, "name")}/${text(s.known, "type")}`,
    project: project(s),
  }),
};
