import type { JsonSchema } from '#shared/json-schema.ts';
import type { Endpoint, Parameter } from '#shared/report.ts';

const text = (value: string) => ({ text: value, source: 'rule' as const });

export const productSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    price: {
      type: 'object',
      properties: { amount: { type: 'number' }, currency: { type: 'string', enum: ['EUR', 'USD'] } },
      required: ['amount', 'currency'],
    },
    rating: { type: ['number', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['id', 'name', 'price'],
};

export const product = {
  id: 'p-1001',
  name: 'Walnut desk lamp',
  price: { amount: 79.5, currency: 'EUR' },
  rating: 4.6,
  tags: ['lamp'],
};

export function buildParameter(over: Partial<Parameter> & Pick<Parameter, 'name' | 'in'>): Parameter {
  return {
    required: over.in === 'path',
    schema: { type: 'string' },
    examples: [],
    evidence: [],
    confidence: 0.9,
    role: 'other',
    ...over,
  };
}

export function buildEndpoint(over: Partial<Endpoint> & Pick<Endpoint, 'id' | 'method' | 'template'>): Endpoint {
  return {
    origin: 'https://shop.example',
    kind: 'rest',
    operation: null,
    party: 'first',
    statuses: [{ status: 200, count: 1 }],
    parameters: [],
    requests: [],
    responses: [],
    auth: [],
    pagination: null,
    samples: 1,
    evidence: ['x0'],
    bucket: 'A',
    reason: 'The answer holds what the intent asks for.',
    name: text(`${over.method} ${over.template}`),
    summary: text(''),
    tag: 'products',
    appearsWhen: [],
    ...over,
  };
}

const json = (schema: JsonSchema, example: unknown, samples = 3) => ({
  mediaType: 'application/json',
  schema,
  samples,
  example,
});

const productId = buildParameter({
  name: 'productId',
  in: 'path',
  examples: ['p-1001', 'p-1002'],
  evidence: [
    '2 values seen in this place, all shaped like an id',
    'each value was in an earlier answer ($.items[].id)',
  ],
  role: 'id',
});

const listSchema: JsonSchema = {
  type: 'object',
  properties: { items: { type: 'array', items: productSchema }, total: { type: 'integer' }, page: { type: 'integer' } },
  required: ['items', 'total', 'page'],
};

/** The endpoints of a small shop, as the pipeline would describe them. */
export function buildShopEndpoints(): Endpoint[] {
  return [
    buildEndpoint({
      id: 'e1',
      method: 'GET',
      template: '/api/products',
      name: text('List products'),
      summary: text('Gives a page of products with id, name and price.'),
      statuses: [{ status: 200, count: 3 }],
      parameters: [
        buildParameter({
          name: 'page',
          in: 'query',
          schema: { type: 'integer' },
          examples: [1, 2],
          role: 'page',
          evidence: ['the values count up by one'],
        }),
        buildParameter({ name: 'limit', in: 'query', schema: { type: 'integer' }, examples: [20], role: 'limit' }),
      ],
      responses: [{ status: 200, payloads: [json(listSchema, { items: [product], total: 48, page: 1 })] }],
      pagination: { style: 'page', parameter: 'page', evidence: ['x2', 'x5'] },
      samples: 3,
      evidence: ['x2', 'x5'],
      appearsWhen: ['you open the page “All products”', 'you press “Load more”'],
    }),
    buildEndpoint({
      id: 'e2',
      method: 'GET',
      template: '/api/products/{productId}',
      name: text('Get a product'),
      summary: text('Gives one product by its id.'),
      statuses: [
        { status: 200, count: 2 },
        { status: 404, count: 1 },
      ],
      parameters: [productId],
      responses: [
        { status: 200, payloads: [json(productSchema, product, 2)] },
        {
          status: 404,
          payloads: [json({ type: 'object', properties: { error: { type: 'string' } } }, { error: 'not found' }, 1)],
        },
      ],
      samples: 3,
      evidence: ['x3'],
      appearsWhen: ['you press “Walnut desk lamp”'],
    }),
    buildEndpoint({
      id: 'e3',
      method: 'GET',
      template: '/api/products/{productId}/reviews',
      name: text('List reviews of a product'),
      summary: text('Gives the reviews of one product, newest first.'),
      tag: 'reviews',
      parameters: [productId, buildParameter({ name: 'cursor', in: 'query', examples: ['c-20'], role: 'cursor' })],
      responses: [
        {
          status: 200,
          payloads: [
            json(
              {
                type: 'object',
                properties: {
                  reviews: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { stars: { type: 'integer' }, text: { type: 'string' } },
                      required: ['stars', 'text'],
                    },
                  },
                  next: { type: ['string', 'null'] },
                },
                required: ['reviews', 'next'],
              },
              { reviews: [{ stars: 5, text: 'Warm light' }], next: 'c-20' },
            ),
          ],
        },
      ],
      pagination: { style: 'cursor', parameter: 'cursor', evidence: ['x4'] },
      evidence: ['x4'],
      appearsWhen: ['you press “Reviews”'],
    }),
    buildEndpoint({
      id: 'e4',
      method: 'GET',
      template: '/api/search',
      name: text('Search products'),
      summary: text('Finds products by words.'),
      tag: 'search',
      parameters: [buildParameter({ name: 'q', in: 'query', required: true, examples: ['lamp'], role: 'search' })],
      responses: [{ status: 200, payloads: [json(listSchema, { items: [product], total: 1, page: 1 }, 1)] }],
      evidence: ['x6'],
      appearsWhen: ['you type into “Search”'],
    }),
    buildEndpoint({
      id: 'e5',
      method: 'POST',
      template: '/api/cart/items',
      name: text('Create a cart item'),
      summary: text('Puts a product into the cart.'),
      tag: 'cart',
      bucket: 'B',
      reason: 'It changes the cart; the intent asks to read.',
      requests: [
        json(
          {
            type: 'object',
            properties: { productId: { type: 'string' }, quantity: { type: 'integer' } },
            required: ['productId', 'quantity'],
          },
          { productId: 'p-1001', quantity: 1 },
          1,
        ),
      ],
      responses: [
        {
          status: 201,
          payloads: [json({ type: 'object', properties: { count: { type: 'integer' } } }, { count: 1 }, 1)],
        },
      ],
      statuses: [{ status: 201, count: 1 }],
      auth: [
        { kind: 'cookie', in: 'cookie', name: 'sid', from: 'x1' },
        { kind: 'csrf', in: 'header', name: 'x-csrf-token', from: 'x1' },
      ],
      evidence: ['x7'],
      appearsWhen: ['you press “Add to cart”'],
    }),
    buildEndpoint({
      id: 'e6',
      method: 'GET',
      template: '/',
      kind: 'document',
      name: text('Open the home page'),
      summary: text('The page people see.'),
      tag: 'pages',
      bucket: 'C',
      reason: 'A page for people; the data comes from other requests.',
      responses: [{ status: 200, payloads: [{ mediaType: 'text/html', schema: { type: 'string' }, samples: 1 }] }],
      evidence: ['x1'],
    }),
  ];
}
