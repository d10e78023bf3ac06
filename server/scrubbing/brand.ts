declare const scrubbedMark: unique symbol;
declare const rawMark: unique symbol;

/** A value in which every known secret was replaced; what every exit (event, log, prompt, artifact, export, page, error) takes. */
export type Scrubbed<T> = T & { readonly [scrubbedMark]: true };

/** A value that may hold captured secrets; it lives in the vault and in `ingest`, `scrub` and `validation` only. */
export type Raw<T> = T & { readonly [rawMark]: true };

/**
 * The only places where a brand is given. `asScrubbed` may be called by the scrubber on what it replaced, by readers of
 * scrubbed artifacts on what they parsed, and on text that is a constant of this program.
 */
export const asScrubbed = <T>(value: T): Scrubbed<T> => value as Scrubbed<T>;
export const asRaw = <T>(value: T): Raw<T> => value as Raw<T>;
