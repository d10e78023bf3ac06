/** Counters of this process in Prometheus' text form. Labels come from closed sets, so that no client can grow them. */
export interface Metrics {
  request: (labels: { method: string; route: string; status: number }, seconds: number) => void;
  client: (label: string) => void;
  text: (gauges: readonly Gauge[]) => string;
}

export interface Gauge {
  name: string;
  help: string;
  values: readonly { labels: Record<string, string>; value: number }[];
}

const MAX_CLIENTS = 60;
const BUCKETS_S = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

const escapeLabel = (value: string): string =>
  value.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
const line = (name: string, labels: Record<string, string>, value: number): string => {
  const inner = Object.entries(labels).map(([key, label]) => `${key}="${escapeLabel(label)}"`);
  return `${name}${inner.length === 0 ? '' : `{${inner.join(',')}}`} ${value}`;
};
const head = (name: string, type: string, help: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

export function createMetrics(): Metrics {
  const requests = new Map<string, { labels: Record<string, string>; count: number }>();
  const clients = new Map<string, number>();
  const durations = BUCKETS_S.map(() => 0);
  let [seconds, total] = [0, 0];
  return {
    request: ({ method, route, status }, took) => {
      const labels = { method, route, status: String(status) };
      const key = JSON.stringify(labels);
      const entry = requests.get(key) ?? { labels, count: 0 };
      entry.count += 1;
      requests.set(key, entry);
      seconds += took;
      total += 1;
      BUCKETS_S.forEach((bound, i) => {
        if (took <= bound) durations[i] = (durations[i] ?? 0) + 1;
      });
    },
    client: (label) => {
      const name = clients.has(label) || clients.size < MAX_CLIENTS ? label : 'other';
      clients.set(name, (clients.get(name) ?? 0) + 1);
    },
    text: (gauges) =>
      [
        ...head('recon_http_requests_total', 'counter', 'Requests answered.'),
        ...[...requests.values()].map(({ labels, count }) => line('recon_http_requests_total', labels, count)),
        ...head('recon_http_request_duration_seconds', 'histogram', 'Time to answer.'),
        ...BUCKETS_S.map((bound, i) =>
          line('recon_http_request_duration_seconds_bucket', { le: String(bound) }, durations[i] ?? 0),
        ),
        line('recon_http_request_duration_seconds_bucket', { le: '+Inf' }, total),
        line('recon_http_request_duration_seconds_sum', {}, seconds),
        line('recon_http_request_duration_seconds_count', {}, total),
        ...head('recon_client_requests_total', 'counter', 'Requests by client and version.'),
        ...[...clients].map(([client, count]) => line('recon_client_requests_total', { client }, count)),
        ...gauges.flatMap(({ name, help, values }) => [
          ...head(name, 'gauge', help),
          ...values.map(({ labels, value }) => line(name, labels, value)),
        ]),
        '',
      ].join('\n'),
  };
}
