import { closest, distance } from "fastest-levenshtein";

/**
 * The candidate that was probably meant, if one is near enough: at most a third of its letters differ, capitals not
 * counted.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const likely = closest(word.toLowerCase(), candidates);
  return distance(word.toLowerCase(), likely.toLowerCase()) <= Math.max(1, Math.floor(likely.length / 3)) ? likely : undefined;
}

/** How a message about an unknown word ends: "; did you mean 'sydney'?", or "; allowed: …" where nothing is near. */
export function didYouMean(word: string, candidates: readonly string[], otherwise = "allowed"): string {
  const likely = nearestWord(word, candidates);
  if (likely !== undefined) return `; did you mean '${likely}'?`;
  return candidates.length === 0 ? `; ${otherwise}: none` : `; ${otherwise}: ${candidates.join(", ")}`;
}
