import { describe, expect, test } from 'vitest';
import { readAddress } from '../address.ts';
import { buildTemplates } from './build-templates.ts';
import { gatherEvidence } from './path-evidence.ts';
import { responseShape } from './response-shape.ts';

type Call = [path: string, body?: unknown, method?: string];

function templatesOf(calls: readonly Call[]): string[] {
  const read = calls.flatMap(([path, body, method], index) => {
    const address = readAddress(`https://api.example.test${path}`);
    return address === null
      ? []
      : [{ index, address, values: body === undefined ? [] : [body], method: method ?? 'GET' }];
  });
  const evidence = gatherEvidence(
    read.map(({ address, values }) => ({ address, success: true, values: () => values })),
  );
  const samples = read.map(({ index, address, values, method }) => ({
    index,
    method,
    segments: address.segments,
    shape: values.length > 0 ? responseShape(values) : null,
    html: false,
  }));
  const templates = buildTemplates(samples, evidence);
  expect(templates.flatMap((template) => template.samples).sort((a, b) => a - b)).toEqual(
    samples.map(({ index }) => index),
  );
  return templates.map(({ template }) => template).sort();
}

const user = (id: number, name: string) => ({ id, name, role: 'member', joined: '2024-05-01', score: 4 });

describe('one sample', () => {
  test.each([
    ['/orders/81723', '/orders/{orderId}'],
    ['/orders/0b8f5c1e-7f0a-4a43-9d6e-3d2f1b0c9a11', '/orders/{orderId}'],
    ['/orders/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/orders/{orderId}'],
    ['/orders/507f1f77bcf86cd799439011', '/orders/{orderId}'],
    ['/orders/ord_9sKx72LqPz41', '/orders/{orderId}'],
    ['/orders/dQw4w9WgXcQ', '/orders/{orderId}'],
    ['/orders/clh3am8gz0000qw08h4p5b2a1', '/orders/{orderId}'],
    ['/orders/red-shirt-40912', '/orders/{orderId}'],
    ['/orders/mv9-uwu-9q8', '/orders/{orderId}'],
    ['/issue/SHOP-12', '/issue/{issueId}'],
    ['/users/jo%40example.test', '/users/{userEmail}'],
    ['/artists/Joe%20Bloggs', '/artists/{artistId}'],
    ['/reports/daily/2024-05-01', '/reports/daily/{date}'],
    ['/user/user7', '/user/{userId}'],
    ['/files/a%2Fb%20c/raw', '/files/{fileId}/raw'],
    ['//orders//81723', '/orders/{orderId}'],
    ['/orders/81723.json', '/orders/{orderId}.json'],
    ['/odata/Items(81723)/parts', '/odata/Items({itemId})/parts'],
    ['/v1/documents/0b8f5c1e-7f0a-4a43-9d6e-3d2f1b0c9a11:batchUpdate', '/v1/documents/{documentId}:batchUpdate'],
  ])('%s has an opaque id', (path, template) => {
    expect(templatesOf([[path]])).toEqual([template]);
  });

  test.each([
    '/products/blue-shirt',
    '/users/me',
    '/v2.1/users',
    '/v1beta1/users',
    '/rest/api/2/search',
    '/rest/agile/1.0/board',
    '/1.1/statuses',
    '/2015-03-31/functions',
    '/admin/api/2024-01/products.json',
    '/en-US/products',
    '/de/produkte',
    '/api/conversations.list',
    '/v1/images:annotate',
    '/pet/findByStatus',
    '/api/vulnerability_findings',
    '/oauth2/token',
    '/users/search/recent',
    '/providers/Vendor.Compute/virtualMachines',
    '/.well-known/openid-configuration',
    '/export.csv',
  ])('%s stays as it is', (path) => {
    expect(templatesOf([[path]])).toEqual([path]);
  });
});

test('literals beside a parameter stay literal', () => {
  const found = templatesOf([
    ['/users/7', user(7, 'Jo')],
    ['/users/8', user(8, 'Al')],
    ['/users/me', user(9, 'Me')],
    ['/users/roles', [{ role: 'admin' }]],
    ['/users/7/posts', [{ title: 'a' }]],
  ]);
  expect(found).toEqual(['/users/me', '/users/roles', '/users/{userId}', '/users/{userId}/posts']);
});

test('collections with the same envelope are not values of one another', () => {
  const page = { data: [], meta: { page: 1, total: 0 }, links: { next: null } };
  const names = ['users', 'orders', 'invoices', 'payments', 'refunds', 'hosts'];
  expect(templatesOf(names.map((name): Call => [`/api/${name}`, page]))).toHaveLength(6);
});

test('names become a parameter when enough of them answer alike', () => {
  const shop = (name: string) => ({ title: name, city: 'x', owner: 'y', opened: '2020-01-01', rating: 4 });
  const names = ['marigold', 'bluebell', 'foxglove', 'snowdrop', 'larkspur'];
  expect(templatesOf(names.map((name): Call => [`/shops/${name}`, shop(name)]))).toEqual(['/shops/{shopId}']);
});

test('a name is a parameter when the collection lists it', () => {
  const found = templatesOf([
    [
      '/shops',
      [
        { slug: 'marigold', city: 'x' },
        { slug: 'bluebell', city: 'y' },
      ],
    ],
    ['/shops/marigold', { slug: 'marigold', city: 'x' }],
    ['/shops/nearby', [{ slug: 'bluebell' }]],
  ]);
  expect(found).toEqual(['/shops', '/shops/nearby', '/shops/{shopId}']);
});

test('vendors below one collection are not ids when their things say what they are', () => {
  const accounts = (vendor: string, extra: Record<string, unknown>) => ({
    data: [{ id: 'a1', type: `${vendor}-accounts`, attributes: { name: 'x', region: 'y', ...extra } }],
  });
  const found = templatesOf([
    ['/api/v2/integrations/cloudflame/accounts', accounts('cloudflame', { email: 'x' })],
    ['/api/v2/integrations/fastlane/accounts', accounts('fastlane', { services: 1 })],
    ['/api/v2/integrations/confluence/accounts', accounts('confluence', { resources: 1 })],
    ['/api/v2/integrations/fastlane/accounts/0b8f5c1e-7f0a-4a43-9d6e-3d2f1b0c9a11', accounts('fastlane', {})],
  ]);
  expect(found).toHaveLength(4);
  expect(found).toContain('/api/v2/integrations/fastlane/accounts/{accountId}');
});

test('ids without digits are told by the ids beside them', () => {
  const found = templatesOf([['/board/mv9-uwu-9q8'], ['/board/7xa-k2v-l0d'], ['/board/xfs-csi-vjh'], ['/board/lists']]);
  expect(found).toEqual(['/board/lists', '/board/{boardId}']);
});

test('owner and repository by reuse and links', () => {
  const repo = (owner: string, name: string) => ({
    id: name.length,
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner, url: `https://api.example.test/users/${owner}` },
    url: `https://api.example.test/repos/${owner}/${name}`,
    private: false,
    forks: 1,
    language: 'x',
  });
  const pulls = (n: number) => [{ number: n, title: 't', state: 'open', user: { login: 'al' }, body: 'b' }];
  const found = templatesOf([
    ['/orgs/acme-dev/repos', [repo('acme-dev', 'web'), repo('acme-dev', 'gh-tools'), repo('acme-dev', 'docs')]],
    ['/repos/acme-dev/web/pulls', pulls(1)],
    ['/repos/acme-dev/gh-tools/pulls', pulls(2)],
    ['/repos/acme-dev/docs/pulls', pulls(3)],
    ['/repos/acme-dev/web/pulls/1/commits', [{ sha: 'abc' }]],
    ['/repos/acme-dev/web/pulls/1', pulls(1)[0]],
    ['/users/al', { login: 'al', id: 5 }],
    ['/app/installations/123/access_tokens', { token: 'x' }, 'POST'],
    ['/user/repos', [repo('acme-dev', 'web')]],
  ]);
  expect(found).toEqual([
    '/app/installations/{installationId}/access_tokens',
    '/orgs/{orgId}/repos',
    '/repos/{repoId}/{id}/pulls',
    '/repos/{repoId}/{id}/pulls/{pullId}',
    '/repos/{repoId}/{id}/pulls/{pullId}/commits',
    '/user/repos',
    '/users/{userId}',
  ]);
});

test('projects, zones and regions of a cloud', () => {
  const base = '/compute/v1/projects/acme-int-dev-v3';
  const list = (kind: string, names: string[], place: string) => ({
    kind,
    items: names.map((name) => ({
      id: `${name.length}99`,
      name,
      zone: place,
      status: 'UP',
      selfLink: `https://api.example.test${base}/${place}/${kind}/${name}`,
    })),
  });
  const found = templatesOf([
    ...['us-east1-b', 'us-east1-c', 'europe-west4-a'].flatMap((zone): Call[] => [
      [`${base}/zones/${zone}/instances`, list('instances', ['web-a'], `zones/${zone}`)],
      [`${base}/zones/${zone}/disks`, list('disks', ['disk-a'], `zones/${zone}`)],
      [`${base}/zones/${zone}/instanceGroups`, list('instanceGroups', [], `zones/${zone}`)],
    ]),
    ...['us-east1', 'europe-west4'].flatMap((region): Call[] => [
      [`${base}/regions/${region}/subnetworks`, list('subnetworks', ['default'], `regions/${region}`)],
      [`${base}/regions/${region}/instanceGroups`, list('instanceGroups', [], `regions/${region}`)],
    ]),
    [`${base}/global/firewalls`, list('firewalls', ['allow-ssh'], 'global')],
    [`${base}/global/images`, list('images', [], 'global')],
    [`${base}/aggregated/addresses`, list('addresses', [], 'aggregated')],
    [`${base}/zones/us-east1-b/disks/disk-a/getIamPolicy`, { bindings: [] }],
    [base, { name: 'acme-int-dev-v3', id: '1' }],
  ]);
  const p = '/compute/v1/projects/{projectId}';
  expect(found).toEqual([
    p,
    `${p}/aggregated/addresses`,
    `${p}/global/firewalls`,
    `${p}/global/images`,
    `${p}/regions/{regionId}/instanceGroups`,
    `${p}/regions/{regionId}/subnetworks`,
    `${p}/zones/{zoneId}/disks`,
    `${p}/zones/{zoneId}/disks/{diskId}/getIamPolicy`,
    `${p}/zones/{zoneId}/instanceGroups`,
    `${p}/zones/{zoneId}/instances`,
  ]);
});

test('nested resource groups with self links, in changing case', () => {
  const s = '/subscriptions/0b8f5c1e-7f0a-4a43-9d6e-3d2f1b0c9a11';
  const sql = `${s}/resourceGroups/shop/providers/Vendor.Sql/servers`;
  const item = (path: string) => ({
    id: path,
    name: path.split('/').at(-1),
    type: 't',
    location: 'westeurope',
    properties: { state: 'Succeeded' },
  });
  const found = templatesOf([
    [
      `${s}/resourceGroups`,
      { value: [item(`${s}/resourceGroups/shop`), item(`${s}/resourceGroups/NetworkWatcherRG`)] },
    ],
    [sql, { value: [item(`${sql}/main-sql`)] }],
    [`${sql}/main-sql/databases`, { value: [item(`${sql}/main-sql/databases/orders`)] }],
    [`${sql}/main-sql/databases/orders`, item(`${sql}/main-sql/databases/orders`)],
    [`${sql}/main-sql/auditingSettings/default`, { properties: {} }],
    [`${sql.replace('Groups', 'groups')}/main-sql/firewallRules`, { value: [] }],
    [`${s}/resourceGroups/NetworkWatcherRG/providers/vendor.insights/diagnosticSettings`, { value: [] }],
    [`${s}/providers/Vendor.Compute/virtualMachines`, { value: [] }],
    [`${s}/providers/Vendor.Network/networkInterfaces`, { value: [] }],
    [`${s}/providers/Vendor.Network/publicIPAddresses`, { value: [] }],
  ]);
  const b = '/subscriptions/{subscriptionId}';
  const g = `${b}/resourceGroups/{resourceGroupId}/providers`;
  expect(found).toEqual([
    `${b}/providers/Vendor.Compute/virtualMachines`,
    `${b}/providers/Vendor.Network/networkInterfaces`,
    `${b}/providers/Vendor.Network/publicIPAddresses`,
    `${b}/resourceGroups`,
    `${g}/Vendor.Sql/servers`,
    `${g}/Vendor.Sql/servers/{serverId}/auditingSettings/default`,
    `${g}/Vendor.Sql/servers/{serverId}/databases`,
    `${g}/Vendor.Sql/servers/{serverId}/databases/{databaseId}`,
    `${g}/Vendor.Sql/servers/{serverId}/firewallRules`,
    `${g}/vendor.insights/diagnosticSettings`,
  ]);
});

test('issue trackers: versions in numbers, keys and named look-ups', () => {
  const found = templatesOf([
    ['/rest/api/2/issue/SHOP-1'],
    ['/rest/api/3/issue/SHOP-2/comment'],
    ['/rest/api/3/search'],
    ['/rest/api/3/project/search'],
    ['/rest/api/3/project/10001'],
    ['/rest/api/3/project/SHOP', { key: 'SHOP', id: '10001' }],
    ['/rest/api/3/user/search'],
    ['/rest/api/3/field'],
    ['/rest/agile/1.0/board/3/sprint'],
    ['/rest/api/3/users/search'],
    ['/rest/api/2/serverInfo'],
  ]);
  expect(found).toEqual([
    '/rest/agile/1.0/board/{boardId}/sprint',
    '/rest/api/2/issue/{issueId}',
    '/rest/api/2/serverInfo',
    '/rest/api/3/field',
    '/rest/api/3/issue/{issueId}/comment',
    '/rest/api/3/project/search',
    '/rest/api/3/project/{projectId}',
    '/rest/api/3/search',
    '/rest/api/3/user/search',
    '/rest/api/3/users/search',
  ]);
});

test('directories: opaque user ids with sub-resources', () => {
  const found = templatesOf([
    ['/api/v1/users'],
    ['/api/v1/users/00u1abcdEFGhijKLM0h7'],
    ['/api/v1/users/00u1abcdEFGhijKLM0h7/factors'],
    ['/api/v1/groups/00g1abcdefghijklm0h7/users'],
    ['/api/v1/apps/0oa1abcdefGhIjKLm0h7/groups'],
    ['/api/v1/users/me'],
    ['/api/v1/meta/types/user'],
    ['/api/v1/logs'],
  ]);
  expect(found).toEqual([
    '/api/v1/apps/{appId}/groups',
    '/api/v1/groups/{groupId}/users',
    '/api/v1/logs',
    '/api/v1/meta/types/user',
    '/api/v1/users',
    '/api/v1/users/me',
    '/api/v1/users/{userId}',
    '/api/v1/users/{userId}/factors',
  ]);
});

test('several formats of one thing are a format parameter', () => {
  expect(templatesOf([['/reports/sales.csv'], ['/reports/sales.json'], ['/reports/sales.pdf']])).toEqual([
    '/reports/sales.{format}',
  ]);
});

test('names are not repeated in a path, and odd paths do no harm', () => {
  const found = templatesOf([
    ['/a/1/2/3'],
    ['/a/1/2'],
    ['/users/1/users/2'],
    ['/'],
    ['/a%2'],
    ['/%E0%A4%A/x'],
    ['/x;y=1/z'],
  ]);
  for (const template of found) {
    const names = template.match(/\{[^}]+\}/g) ?? [];
    expect(new Set(names).size).toBe(names.length);
  }
  expect(found).toContain('/users/{userId}/users/{userId2}');
});
