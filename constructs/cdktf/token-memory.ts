/**
 * cdktf 0.21 keeps every token of a process for ever, each with the construct that it refers to, and by that the whole tree
 * (its lib/tokens/private/token-map.js): of a thousand clusters 200 MB that nothing needs once their stacks are written.
 */
interface TokenMap {
  readonly stringTokenMap: Map<string, unknown>;
  readonly numberTokenMap: Map<number, unknown>;
}

/**
 * Remembers which tokens there are.
 * @returns lets cdktf forget those that were made since. Who uses one of them later gets cdktf's error of a key that it doesn't know
 */
export function tokensFromHere(): () => void {
  const maps = tokenMaps().map((map) => ({ map, kept: new Set(map.keys()) }));
  return () => {
    for (const { map, kept } of maps) for (const key of map.keys()) if (!kept.has(key)) map.delete(key);
  };
}

/** None in another layout of cdktf: correct all the same. */
function tokenMaps(): readonly Map<unknown, unknown>[] {
  const { __cdktfTokenMap: tokens } = globalThis as { readonly __cdktfTokenMap?: Partial<TokenMap> };
  return [tokens?.stringTokenMap, tokens?.numberTokenMap].filter((map) => map instanceof Map);
}
