import { z } from 'zod';

/** Version 1 of what is kept in the extension's own storage, which no page or content script can read. */
export const settingsSchema = z.object({
  version: z.literal(1),
  server: z.string(),
  key: z.string().nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Where an embedded server listens unless told otherwise. */
export const DEFAULT_SERVER = 'http://127.0.0.1:7717';
export const EMPTY_SETTINGS: Settings = { version: 1, server: DEFAULT_SERVER, key: null };

/** The 0.2 client kept its two fields without a version. */
const unversionedSchema = z.object({ serverUrl: z.string(), apiKey: z.string().nullable().catch(null) });

/** Brings whatever an earlier version stored into today's shape; what cannot be read starts empty. */
export function migrateSettings(stored: unknown): Settings {
  const current = settingsSchema.safeParse(stored);
  if (current.success) return current.data;
  const old = unversionedSchema.safeParse(stored);
  if (!old.success) return EMPTY_SETTINGS;
  const address = readServerAddress(old.data.serverUrl);
  return address.ok ? { version: 1, server: address.server, key: old.data.apiKey } : EMPTY_SETTINGS;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/;

/** The address of a server as it is stored: scheme, host and path without a trailing slash. */
export function readServerAddress(text: string): { ok: true; server: string } | { ok: false; error: string } {
  const typed = text.trim();
  const bare = typed.includes('://') ? null : URL.parse(`http://${typed}`);
  const url = bare === null ? URL.parse(typed) : LOOPBACK.test(bare.hostname) ? bare : URL.parse(`https://${typed}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    return { ok: false, error: 'That is not the address of a server. It looks like https://recon.example.com.' };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      ok: false,
      error: 'Leave the user name and password out of the address; the key goes into its own field.',
    };
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    return { ok: false, error: 'Recordings hold cookies, so a server on another machine must be reached by https.' };
  }
  return { ok: true, server: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}

export interface KeyValueArea {
  get(name: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
}

const NAME = 'settings';

export async function loadSettings(area: KeyValueArea): Promise<Settings> {
  const stored = (await area.get(NAME))[NAME];
  const settings = migrateSettings(stored);
  if (stored !== undefined && !settingsSchema.safeParse(stored).success) await saveSettings(area, settings);
  return settings;
}

export async function saveSettings(area: KeyValueArea, settings: Settings): Promise<void> {
  await area.set({ [NAME]: settings });
}
