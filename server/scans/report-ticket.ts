import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { slugSchema } from '#shared/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import { isKeyLive } from '../accounts/is-key-live.ts';
import { asAccount } from '../db/client.ts';
import type { Deps } from '../deps.ts';
import { findScan } from './find-scan.ts';
import { reportUrl, type Links } from './scan-links.ts';

/** `link` travels once in an address, for a minute; `visit` is the cookie it becomes, for this report alone. */
const passSchema = z.object({
  kind: z.enum(['link', 'visit']),
  slug: slugSchema,
  accountId: z.uuid(),
  keyId: z.uuid(),
  expiresAt: z.number().int(),
});
export type Pass = z.infer<typeof passSchema>;

const LINK_LIFE_MS = 60_000;
export const VISIT_LIFE_MS = 8 * 3_600_000;

const sign = (text: string, key: Uint8Array): string => createHmac('sha256', key).update(text).digest('base64url');

export function writePass(deps: Pick<Deps, 'ticketKey'>, pass: Pass): string {
  const text = Buffer.from(JSON.stringify(pass)).toString('base64url');
  return `${text}.${sign(text, deps.ticketKey)}`;
}

/** The pass when its signature, kind, report and time are right and its key was not revoked; else null. */
export async function readPass(
  deps: Pick<Deps, 'ticketKey' | 'now' | 'db'>,
  written: string,
  wanted: { kind: Pass['kind']; slug: string },
): Promise<Pass | null> {
  const [text, signature] = written.split('.');
  if (text === undefined || signature === undefined) return null;
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(text, deps.ticketKey))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const pass = passSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  if (!pass.success || pass.data.kind !== wanted.kind || pass.data.slug !== wanted.slug) return null;
  if (pass.data.expiresAt <= deps.now().getTime()) return null;
  return (await isKeyLive(deps, pass.data.accountId, pass.data.keyId)) ? pass.data : null;
}

/** An address that opens the report in a browser as its owner, good for one minute. Throws `NOT_FOUND`. */
export async function issueTicket(
  deps: Pick<Deps, 'db' | 'now' | 'ticketKey'>,
  actor: Actor,
  scanId: string,
  links: Links,
): Promise<{ url: string; expiresAt: string }> {
  const { slug } = await asAccount(deps.db, actor.accountId, (tx) => findScan(tx, scanId));
  const expiresAt = deps.now().getTime() + LINK_LIFE_MS;
  const ticket = writePass(deps, { kind: 'link', slug, accountId: actor.accountId, keyId: actor.by, expiresAt });
  return { url: `${reportUrl(links, slug)}?ticket=${ticket}`, expiresAt: new Date(expiresAt).toISOString() };
}
