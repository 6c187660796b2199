type Plain = string | number | boolean | undefined;

/**
 * Props with every field there, optional ones too, at every depth, and no other: whoever forgets one, or passes one
 * that there isn't, is told by the compiler. TypeScript alone takes an object that lacks an optional field, or one that
 * a spread brought too many fields to.
 */
export type Every<T> = T extends Plain | readonly unknown[]
  ? T
  : string extends keyof T
    ? { readonly [K in keyof T]: Every<T[K]> }
    : T extends TerraformProviderLike
      ? T
      : { readonly [K in keyof Required<T>]: Every<T[K]> };

/** A construct, which is passed on whole. */
interface TerraformProviderLike {
  readonly node: unknown;
}

/**
 * For what is left of an object when all of its fields were named: nothing. A field that is added to the file's schema
 * is left over, and doesn't compile here.
 */
export function everyField(_rest: Readonly<Record<string, never>>): void {}
