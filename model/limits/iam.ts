/**
 * ARN of an IAM role or user, as an access entry of EKS takes it: its path and name have no spaces, quotes, dollar signs or
 * letters beyond ASCII (IAM user guide, IAM identifiers; EKS API reference, CreateAccessEntry).
 */
export const PRINCIPAL_ARN = /^arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
