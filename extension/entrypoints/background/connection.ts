import type { TemplateSummary } from '#shared/api.ts';
import { compareVersions, VERSION } from '#shared/version.ts';
import type { PanelState } from '../../messages.ts';
import { type ApiClient, createApiClient, type Failure } from '../../upload/api-client.ts';
import {
  EMPTY_SETTINGS,
  type KeyValueArea,
  loadSettings,
  readServerAddress,
  saveSettings,
  type Settings,
} from '../../upload/settings.ts';

interface ConnectionDeps {
  area: KeyValueArea;
  fetch: typeof fetch;
  now: () => number;
  onChange: () => void;
  openTab: (url: string) => Promise<void>;
}

const FRESH_MS = 30_000;
const KEY = /^rec_[A-Za-z]+_/;

type View = Pick<PanelState, 'connection' | 'templates' | 'recent'>;

/** The server this extension is connected to, and what the panel shows of it. */
export class Connection {
  readonly #deps: ConnectionDeps;
  #settings: Settings = EMPTY_SETTINGS;
  #error: string | null = null;
  #update: PanelState['connection']['update'] = null;
  #templates: TemplateSummary[] = [];
  #recent: PanelState['recent'] = [];
  #refreshedAt = 0;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    this.#settings = await loadSettings(this.#deps.area);
  }

  get hasKey(): boolean {
    return this.#settings.key !== null;
  }

  api(): ApiClient {
    return this.#clientOf(this.#settings);
  }

  view(): View {
    const { server, key } = this.#settings;
    return {
      connection: { server, connected: key !== null, error: this.#error, update: this.#update },
      templates: this.#templates,
      recent: this.#recent,
    };
  }

  /** `secret` is a key, or the one-time code of an embedded server. Resolves to what went wrong, in words. */
  async connect(address: string, secret: string): Promise<string | null> {
    const read = readServerAddress(address);
    if (!read.ok) return read.error;
    const typed = secret.trim();
    const key = KEY.test(typed) ? typed : await this.#exchange(read.server, typed);
    if (typeof key !== 'string') return connectError(key);
    const settings: Settings = { version: 1, server: read.server, key };
    const checked = await this.#clientOf(settings).scans();
    if (!checked.ok) return connectError(checked.failure);
    this.#settings = settings;
    await saveSettings(this.#deps.area, settings);
    await this.refresh(true);
    return null;
  }

  async disconnect(): Promise<void> {
    this.#settings = { ...this.#settings, key: null };
    this.#recent = [];
    this.#error = null;
    await saveSettings(this.#deps.area, this.#settings);
  }

  /** Opens a report in a new tab as its owner. Resolves to what went wrong, in words. */
  async openReport(scanId: string): Promise<string | null> {
    const ticket = await this.api().ticket(scanId);
    if (!ticket.ok) return ticket.failure.message;
    await this.#deps.openTab(ticket.value.url);
    return null;
  }

  /** Asks for version, templates and recent scans unless that was just done. */
  async refresh(always = false): Promise<void> {
    const now = this.#deps.now();
    if (!always && now - this.#refreshedAt < FRESH_MS) return;
    this.#refreshedAt = now;
    const api = this.api();
    const [version, templates, scans] = await Promise.all([
      api.version(),
      api.templates(),
      this.hasKey ? api.scans() : null,
    ]);
    if (version.ok) {
      const { latestClient, minClient, upgradeUrl } = version.value;
      const required = compareVersions(VERSION, minClient) < 0;
      const isNewer = compareVersions(VERSION, latestClient) < 0;
      this.#update = required || isNewer ? { version: latestClient, url: upgradeUrl, required } : null;
    }
    if (templates.ok) this.#templates = templates.value.templates;
    if (scans?.ok === true) {
      this.#recent = scans.value.scans.map(({ scanId, targetUrl, createdAt, status, reportUrl }) => ({
        scanId,
        targetUrl,
        createdAt,
        status,
        reportUrl,
      }));
    }
    const failure = [version, scans].find((answer) => answer?.ok === false);
    this.#error = this.hasKey && failure?.ok === false ? failure.failure.message : null;
    this.#deps.onChange();
  }

  async #exchange(server: string, code: string): Promise<string | Failure> {
    const answer = await this.#clientOf({ version: 1, server, key: null }).connect(code);
    return answer.ok ? answer.value.key : answer.failure;
  }

  #clientOf({ server, key }: Settings): ApiClient {
    return createApiClient({ server, key, fetch: this.#deps.fetch });
  }
}

function connectError({ kind, message }: Failure): string {
  if (kind === 'offline') return 'No server answers at this address. Check the address and whether the server runs.';
  return message;
}
