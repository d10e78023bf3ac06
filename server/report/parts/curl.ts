import type { Endpoint, Report } from '#shared/report.ts';
import { listCredentials } from '../../exporters/code/credentials.ts';
import { writeShellArgument } from '../../exporters/code/literals.ts';
import { encodePathLiteral, splitTemplate } from '../../exporters/code/template.ts';

/** A curl command with example values; credentials come from environment variables. */
export function writeCurl(endpoint: Endpoint, report: Pick<Report, 'validation'>): string {
  const example = (place: string, name: string): string | undefined => {
    const value = endpoint.parameters.find((item) => item.in === place && item.name === name)?.examples[0];
    return value === undefined ? undefined : String(value).toWellFormed();
  };
  const path = splitTemplate(endpoint.template)
    .map((part) =>
      'literal' in part
        ? encodePathLiteral(part.literal)
        : encodeURIComponent(example('path', part.parameter) ?? part.parameter.toWellFormed()),
    )
    .join('');
  const query = endpoint.parameters
    .filter((item) => item.in === 'query' && (item.required || item.examples.length > 0))
    .map(
      (item) =>
        `${encodeURIComponent(item.name.toWellFormed())}=${encodeURIComponent(example('query', item.name) ?? '')}`,
    );
  const [payload] = endpoint.requests;
  const parts = [`${endpoint.origin}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`].map(writeShellArgument);
  if (endpoint.method !== 'GET') parts.unshift(`-X ${writeShellArgument(endpoint.method)}`);
  const credentials = listCredentials(endpoint, report);
  for (const { send, name, prefix, env } of credentials) {
    if (send === 'header') parts.push(`-H ${writeShellArgument(`${name}: ${prefix}`)}"$${env}"`);
  }
  if (payload) {
    parts.push(`-H ${writeShellArgument(`Content-Type: ${payload.mediaType}`)}`);
    if (payload.example !== undefined) {
      const body = typeof payload.example === 'string' ? payload.example : JSON.stringify(payload.example);
      parts.push(`--data-raw ${writeShellArgument(body)}`);
    }
  }
  return `curl ${parts.join(' \\\n  ')}`;
}
