import { expect, test } from 'vitest';
import { classifySegment, type SegmentClass } from './segment-class.ts';

test.each<[string, SegmentClass['nature'], string]>([
  ['42', 'opaque', 'integer'],
  ['0b8f5c1e-7f0a-4a43-9d6e-3d2f1b0c9a11', 'opaque', 'uuid'],
  ['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'opaque', 'ulid'],
  ['507f1f77bcf86cd799439011', 'opaque', 'object-id'],
  ['d41d8cd98f00b204e9800998ecf8427e', 'opaque', 'hash'],
  ['2024-05-01', 'opaque', 'date'],
  ['2024-05-01T10:00:00Z', 'opaque', 'date-time'],
  ['jo%40example.test', 'opaque', 'email'],
  ['user-3f9a7c2d@redacted.invalid', 'opaque', 'email'],
  ['rdx_k3v9', 'opaque', 'placeholder'],
  ['10.0.0.1', 'opaque', 'ip'],
  ['cus_NffrFeUfNV2Hib', 'opaque', 'prefixed-id'],
  ['i-0abcd1234ef567890', 'opaque', 'prefixed-id'],
  ['C060B5BQQJV', 'opaque', 'token'],
  ['duWU4bc3ROq5nz7GVi5TzA', 'opaque', 'token'],
  ['Joe%20Bloggs', 'opaque', 'encoded'],
  ['SHOP-12', 'opaque', 'issue-key'],
  ['red-shirt-40912', 'opaque', 'slug-with-id'],
  ['mv9-uwu-9q8', 'opaque', 'code'],
  ['v2', 'literal', 'version'],
  ['v1beta1', 'literal', 'version'],
  ['en-US', 'literal', 'locale'],
  ['pt', 'literal', 'locale'],
  ['me', 'literal', 'action'],
  ['Vendor.Compute', 'literal', 'namespace'],
  ['conversations.list', 'open', 'dotted'],
  ['vulnerability_findings', 'open', 'words'],
  ['findByStatus', 'open', 'words'],
  ['products', 'open', 'word'],
  ['blue-shirt', 'open', 'slug'],
  ['octocat', 'open', 'name'],
  ['us-east1-b', 'open', 'numbered'],
  ['SHOP', 'open', 'caps'],
  ['Ada_Lovelace', 'open', 'title'],
  ['facade', 'open', 'name'],
  ['base64', 'open', 'word'],
  ['', 'open', 'slug'],
])('%s is %s: %s', (text, nature, kind) => {
  expect(classifySegment(text)).toEqual({ nature, kind });
});

test('an endless segment is a token', () => {
  expect(classifySegment('a'.repeat(100_000)).kind).toBe('token');
});
