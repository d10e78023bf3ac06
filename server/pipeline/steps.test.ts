import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { STEP_IDS } from '#shared/events.ts';
import type { ArtifactName } from './artifacts.ts';
import { ARTIFACT_NAMES, isVaulted } from './codec.ts';
import { STEPS } from './steps.ts';

const FOLDER = new URL('./steps/', import.meta.url);

/** The steps that may see raw values. */
const VAULT_READERS = ['ingest', 'scrub', 'validation'];

describe('the list of steps', () => {
  it('is the contract’s list, and the folder’s', () => {
    expect(STEPS.map(({ id }) => id)).toEqual(STEP_IDS);
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...STEP_IDS].sort());
  });

  it.each(STEP_IDS)('%s has its entry, its work and its test', (id) => {
    for (const file of ['index.ts', 'run.ts', 'run.test.ts'])
      expect(existsSync(fileURLToPath(new URL(`${id}/${file}`, FOLDER))), file).toBe(true);
  });

  it('gives every step what it reads, and has every artifact written once', () => {
    const written: ArtifactName[] = [];
    for (const step of STEPS) {
      for (const name of step.reads) expect(written, `${step.id} reads ${name}`).toContain(name);
      written.push(...step.writes);
    }
    expect([...written].sort()).toEqual([...ARTIFACT_NAMES].sort());
  });

  it('keeps raw values to the steps that may see them', () => {
    for (const step of STEPS) {
      if (VAULT_READERS.includes(step.id)) continue;
      expect(step.reads.filter(isVaulted), step.id).toEqual([]);
      expect(step.ports.filter((port) => port === 'capture' || port === 'placeholderKey')).toEqual([]);
    }
    expect(STEPS.filter(({ ports }) => ports.includes('capture')).map(({ id }) => id)).toEqual(['ingest']);
  });

  it('lets exactly the fatal steps end a scan', () => {
    expect(STEPS.filter(({ fatal }) => fatal).map(({ id }) => id)).toEqual(['ingest', 'scrub', 'render']);
  });
});
