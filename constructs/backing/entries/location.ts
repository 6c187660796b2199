/** The secret store that has a database's entries. */
export type EntryLocation =
  | { readonly cloud: "aws"; readonly partition: string; readonly region: string; readonly accountId: string }
  | { readonly cloud: "azure"; readonly vaultId: string; readonly tenantId: string }
  | { readonly cloud: "google"; readonly projectId: string };

/** Entries of one database that somebody may read. */
export interface ReadableEntries {
  /** Name of the SecretStore that gives them, in the reader's namespace. */
  readonly store: string;
  readonly location: EntryLocation;
  readonly entries: readonly string[];
}
