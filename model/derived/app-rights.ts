/** Name of the ServiceAccount that has an application's rights, and that its pods run as. */
export const identityOf = (app: string): string => `${app}-identity`;
