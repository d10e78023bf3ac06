declare module 'stopword' {
  /** English words that tell nothing. */
  export const eng: string[];
  export function removeStopwords(words: string[], stopwords?: string[]): string[];
}
