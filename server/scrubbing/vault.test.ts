import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileKeyWrapper } from './file-key-wrapper.ts';
import { createScanKeys, openVault, unwrapScanKey, VaultTampered, type Vault } from './vault.ts';

const SCAN = 'c7b3f5a2-7c1e-4a0e-8f47-55f0a6e1d9b2';
const OTHER = '1d2f0c3b-95ad-4a44-bb64-6a8f2f7d5e11';
const FRAME = 64 * 1024;

async function* pieces(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const key = new Uint8Array(randomBytes(32));
const vault = openVault(SCAN, key);
const opened = (sealed: Uint8Array, by: Vault = vault, name = 'a', size?: number) =>
  collect(by.decrypt(name, pieces(sealed, size)));

describe('vault', () => {
  it('gives back streams of every size, however they arrive', async () => {
    for (const size of [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 1_000_003]) {
      const plain = randomBytes(size);
      for (const chunk of [size + 1, 7919, 1 + (size > 100_000 ? 4000 : 0)]) {
        const sealed = await collect(vault.encrypt('a', pieces(plain, chunk)));
        expect((await opened(sealed, vault, 'a', chunk)).equals(plain)).toBe(true);
      }
    }
  });

  it('holds nothing readable and never the same bytes twice', async () => {
    const plain = Buffer.from('a secret value '.repeat(1000));
    const first = await collect(vault.encrypt('a', pieces(plain)));
    const second = await collect(vault.encrypt('a', pieces(plain)));
    expect(first.includes('secret')).toBe(false);
    expect(first.equals(second)).toBe(false);
  });

  it('opens under no other scan, name or key', async () => {
    const sealed = await collect(vault.encrypt('a', pieces(randomBytes(100))));
    await expect(opened(sealed, openVault(OTHER, key))).rejects.toBeInstanceOf(VaultTampered);
    await expect(opened(sealed, vault, 'b')).rejects.toBeInstanceOf(VaultTampered);
    await expect(opened(sealed, openVault(SCAN, new Uint8Array(randomBytes(32))))).rejects.toBeInstanceOf(
      VaultTampered,
    );
  });

  it('notices every flipped byte of a short stream', async () => {
    const sealed = await collect(vault.encrypt('a', pieces(randomBytes(40))));
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(opened(changed), `byte ${at}`).rejects.toBeInstanceOf(VaultTampered);
    }
  });

  it('notices frames cut off, doubled, swapped or added', async () => {
    const sealed = await collect(vault.encrypt('a', pieces(randomBytes(3 * FRAME))));
    const header = sealed.subarray(0, 36);
    const frame = (n: number) => sealed.subarray(36 + n * (FRAME + 16), 36 + (n + 1) * (FRAME + 16));
    const forged = [
      Buffer.alloc(0),
      header,
      Buffer.concat([header, frame(0), frame(1)]),
      Buffer.concat([header, frame(1), frame(0), frame(2)]),
      Buffer.concat([header, frame(0), frame(0), frame(1), frame(2)]),
      Buffer.concat([sealed, frame(2)]),
      Buffer.concat([sealed, randomBytes(5)]),
      sealed.subarray(0, sealed.length - 1),
    ];
    for (const [index, bytes] of forged.entries())
      await expect(opened(bytes), `case ${index}`).rejects.toBeInstanceOf(VaultTampered);
  });
});

describe('key file', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'recon-key-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, 'deep', 'vault.key');

  it('is made once, for this user only, and wraps for one scan only', async () => {
    const keys = await createScanKeys(createFileKeyWrapper({ file }), SCAN);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(file).size).toBe(32);
    chmodSync(file, 0o644);
    const again = createFileKeyWrapper({ file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const dataKey = await unwrapScanKey(again, SCAN, keys.wrappedKey);
    expect(dataKey).toHaveLength(32);
    expect(Buffer.from(keys.wrappedKey).includes(Buffer.from(dataKey))).toBe(false);
    await expect(unwrapScanKey(again, OTHER, keys.wrappedKey)).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(await again.unwrap(keys.placeholderKey, SCAN)).not.toEqual(dataKey);
  });

  it('says that a forgotten key closes the vault', async () => {
    const wrapper = createFileKeyWrapper({ file });
    await expect(unwrapScanKey(wrapper, SCAN, null)).rejects.toMatchObject({ code: 'VAULT_CLOSED' });
  });

  it('refuses a damaged file', () => {
    const damaged = path.join(dir, 'short.key');
    writeFileSync(damaged, 'short');
    expect(() => createFileKeyWrapper({ file: damaged })).toThrow('32 bytes');
  });
});
