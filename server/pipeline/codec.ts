import type { z } from 'zod';
import { ARTIFACTS, type ArtifactName, type Artifacts } from './artifacts.ts';

/** Every artifact's name. */
export const ARTIFACT_NAMES = Object.keys(ARTIFACTS) as ArtifactName[];

/** Whether an artifact may be read outside the vault's steps. */
export const isVaulted = (name: ArtifactName): boolean => ARTIFACTS[name].vault;
export const isLines = (name: ArtifactName): boolean => ARTIFACTS[name].format === 'ndjson';

/**
 * The one cast of stored data: what the artifact's own schema accepted has the artifact's type, and its brand is that of
 * the artifact (`raw` in the vault, scrubbed elsewhere) because only a step of that brand can have written it.
 */
const accepted = <N extends ArtifactName>(_name: N, value: unknown): Artifacts[N] => value as Artifacts[N];

/** Parses a whole artifact. Throws `ZodError`. */
export const parseArtifact = <N extends ArtifactName>(name: N, value: unknown): Artifacts[N] =>
  accepted(name, ARTIFACTS[name].schema.parse(value));

const elementSchema = (name: ArtifactName): z.ZodType => {
  const { schema } = ARTIFACTS[name];
  if (!('element' in schema)) throw new Error(`${name} is not stored in lines`);
  return schema.element;
};

/** The text of an artifact in pieces: one JSON document, or one element a line. */
export function* serialise(name: ArtifactName, value: unknown): Generator<string> {
  if (!isLines(name)) {
    yield JSON.stringify(value);
    return;
  }
  if (!Array.isArray(value)) throw new Error(`${name} is stored in lines and must be an array`);
  for (const element of value) yield `${JSON.stringify(element)}\n`;
}

/** Reads what `serialise` wrote, element by element, and parses it. Throws `ZodError` or `SyntaxError`. */
export async function deserialise<N extends ArtifactName>(
  name: N,
  lines: AsyncIterable<string>,
): Promise<Artifacts[N]> {
  if (isLines(name)) {
    const schema = elementSchema(name);
    const elements: unknown[] = [];
    for await (const line of lines) elements.push(schema.parse(JSON.parse(line)));
    return accepted(name, elements);
  }
  let text = '';
  for await (const line of lines) text += line;
  return parseArtifact(name, JSON.parse(text));
}
