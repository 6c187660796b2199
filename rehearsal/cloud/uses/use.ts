/** One kind of use. */
export interface Use {
  /** Type that is used. */
  readonly of: string;
  /** Its attribute by which others name it. @default "id" */
  readonly by?: string;
  /** Type that uses it; "*" for any of the same provider. */
  readonly user: string;
  /** Path of the user's argument; list positions are left out. */
  readonly at: string;
  /** Attributes that are the same in both: what the name is unique in. @default - the account */
  readonly alike?: readonly string[];
  /** The service's own error code or documentation. */
  readonly source: string;
  /** The service deletes the user along with what it uses instead of refusing. @default false */
  readonly cascades?: boolean;
}
