import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createFilesystemStore } from '../blobs/filesystem.ts';
import { scanPrefix } from '../blobs/store.ts';
import { splitHar } from '#shared/har-lines.ts';
import { asRaw, asScrubbed } from '../scrubbing/brand.ts';
import { openVault } from '../scrubbing/vault.ts';
import { createBlobArtifacts } from './blob-artifacts.ts';
import { openStoredCapture, segmentName, type StoredSegment } from './stored-capture.ts';

const accountId = '0b6e0e8e-4a55-4c2b-9a53-0d5b8a3c1f10';
const scanId = 'c7b3f5a2-7c1e-4a0e-8f47-55f0a6e1d9b2';

const dir = mkdtempSync(path.join(os.tmpdir(), 'recon-artifacts-'));
const blobs = createFilesystemStore({ dir });
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const vault = openVault(scanId, new Uint8Array(randomBytes(32)));
const artifacts = createBlobArtifacts({ blobs, accountId, scanId, vault });
const entry = (value: string) => ({ value, type: 'token', placeholder: 'T', propagate: true });
const file = (text: string) => ({ path: 'api.md', mediaType: 'text/markdown', text });

describe('artifacts as blobs', () => {
  it('come back as they were, with every odd character, in lines and as one document', async () => {
    const odd = 'a\u0000b\uD800c\u2028d\ne\r\n\uFEFF😀"\\';
    const exports = asScrubbed([file(odd), file('x'.repeat(700_000)), file('')]);
    expect(await artifacts.read('exports', await artifacts.write('exports', exports))).toEqual(exports);
    const dictionary = asRaw(Array.from({ length: 5000 }, (_, index) => entry(`${odd}${index}`)));
    expect(await artifacts.read('dictionary', await artifacts.write('dictionary', dictionary))).toEqual(dictionary);
    const protections = asScrubbed([]);
    expect(await artifacts.read('protections', await artifacts.write('protections', protections))).toEqual([]);
    expect(await artifacts.read('exports', await artifacts.write('exports', asScrubbed([])))).toEqual([]);
  });

  it('have the same sum for the same content, under keys of their own', async () => {
    const first = await artifacts.write('exports', asScrubbed([file('same')]));
    const second = await artifacts.write('exports', asScrubbed([file('same')]));
    expect(second).toEqual({ ...first, key: expect.not.stringMatching(first.key) as string });
  });

  it('are refused when the stored bytes are another artifact’s or changed', async () => {
    const one = await artifacts.write('exports', asScrubbed([file('one')]));
    const two = await artifacts.write('exports', asScrubbed([file('two')]));
    await expect(artifacts.read('exports', { ...one, key: two.key })).rejects.toThrow('damaged');
    const secret = await artifacts.write('dictionary', asRaw([entry('v')]));
    await blobs.put(secret.key, Readable.from([randomBytes(200)]));
    await expect(artifacts.read('dictionary', secret)).rejects.toThrow('vault');
  });

  it('of a closed vault stay closed, the others open', async () => {
    const later = createBlobArtifacts({ blobs, accountId, scanId, vault: null });
    const secret = await artifacts.write('dictionary', asRaw([entry('v')]));
    await expect(later.read('dictionary', secret)).rejects.toMatchObject({ code: 'VAULT_CLOSED' });
    await expect(later.write('dictionary', asRaw([]))).rejects.toMatchObject({ code: 'VAULT_CLOSED' });
    const open = await artifacts.write('exports', asScrubbed([file('x')]));
    expect(await later.read('exports', open)).toHaveLength(1);
  });
});

describe('a stored capture', () => {
  const store = async (parts: readonly Buffer[]): Promise<StoredSegment[]> => {
    const segments: StoredSegment[] = [];
    for (const [n, part] of parts.entries()) {
      const blobKey = `${scanPrefix(accountId, scanId)}segments/${n}-${randomBytes(4).toString('hex')}`;
      await blobs.put(blobKey, vault.encrypt(segmentName(n), Readable.from([gzipSync(part)])));
      segments.push({ n, blobKey, expandedBytes: part.length });
    }
    return segments;
  };
  const gap = (count: number) => ({ k: 'gap' as const, t: 1, reason: 'ü', count });

  it('gives its lines in order, as often as asked, with or without a last line end', async () => {
    const parts = [`${JSON.stringify(gap(0))}\n${JSON.stringify(gap(1))}`, '', `\n${JSON.stringify(gap(2))}\n\n`];
    const segments = await store(parts.map((part) => Buffer.from(part)));
    const capture = await openStoredCapture({ blobs, vault }, 'recording', segments);
    if (capture.kind !== 'recording') throw new Error('not a recording');
    for (let round = 0; round < 2; round++) expect([...capture.lines]).toEqual([gap(0), gap(1), gap(2)]);
  });

  it('puts the pieces of a HAR together, and refuses a hole among them', async () => {
    const text = '\uFEFF{"log":"ü😀"}';
    const pieces = splitHar(text, 3).map((line) => `${JSON.stringify(line)}\n`);
    const parts = [pieces.slice(0, 2), pieces.slice(2, 3), pieces.slice(3)].map((lines) => Buffer.from(lines.join('')));
    const whole = await store(parts);
    expect(await openStoredCapture({ blobs, vault }, 'har', whole)).toEqual({ kind: 'har', text });
    await expect(openStoredCapture({ blobs, vault }, 'har', whole.slice(0, 2))).rejects.toMatchObject({
      code: 'INVALID_SEGMENT',
    });
  });

  it('refuses a line it does not know without quoting it, and a segment that grew', async () => {
    const [unknown] = [await store([Buffer.from('{"k":"canary-10f3"}\n')])];
    const capture = await openStoredCapture({ blobs, vault }, 'recording', unknown);
    if (capture.kind !== 'recording') throw new Error('not a recording');
    const { lines } = capture;
    expect(() => [...lines]).toThrow(/form that this version does not know/);
    expect(() => [...lines]).not.toThrow(/canary/);
    const [segment] = await store([Buffer.from(`${JSON.stringify(gap(0))}\n`)]);
    if (!segment) throw new Error('no segment');
    const grown = await openStoredCapture({ blobs, vault }, 'recording', [{ ...segment, expandedBytes: 5 }]);
    if (grown.kind !== 'recording') throw new Error('not a recording');
    expect(() => [...grown.lines]).toThrow();
  });
});
