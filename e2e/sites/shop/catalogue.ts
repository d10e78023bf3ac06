import { createHash } from 'node:crypto';

export interface Category {
  id: string;
  name: string;
  productCount: number;
}

export interface Product {
  id: number;
  name: string;
  slug: string;
  category: string;
  /** What it costs today. */
  price: number;
  currency: 'EUR';
  rating: number | null;
  reviewCount: number;
  inStock: boolean;
  imageUrl: string;
  createdAt: string;
  /** Only on reduced goods. */
  discount?: { percent: number; listPrice: number; until: string };
}

export interface ProductDetail extends Product {
  sku: string;
  description: string;
  weightKg: number | null;
  restockAt: string | null;
  materials: string[];
  dimensions: { widthCm: number; heightCm: number; depthCm: number };
  related: { id: number; name: string; price: number; imageUrl: string }[];
}

export interface Review {
  id: string;
  productId: number;
  author: string;
  rating: number;
  title: string;
  body: string;
  verified: boolean;
  helpfulCount: number;
  createdAt: string;
  reply: { body: string; createdAt: string } | null;
}

const DAY_MS = 86_400_000;
const OPENED = Date.UTC(2025, 2, 3, 9, 30);
const FIRST_ID = 1001;

const STOCK: Readonly<Record<string, { name: string; materials: string[]; goods: readonly [string, number][] }>> = {
  lighting: {
    name: 'Lighting',
    materials: ['brass', 'opal glass'],
    goods: [
      ['Brass Quay Lamp', 128],
      ['Opal Bulkhead Lamp', 94.5],
      ['Storm Lantern', 42],
      ['Reading Lamp Tern', 76.9],
      ['Linen Shade Pendant', 110],
      ['Harbour Night Light', 24.5],
      ['Cork Base Table Lamp', 68],
      ['Beacon Floor Lamp', 219],
    ],
  },
  kitchen: {
    name: 'Kitchen',
    materials: ['stoneware', 'oak'],
    goods: [
      ['Stoneware Mug, Salt', 18],
      ['Oak Bread Board', 39],
      ['Enamel Kettle', 54.9],
      ['Fish Plate, Pair', 46],
      ['Cast Iron Skillet', 72],
      ['Glass Oil Bottle', 21.5],
      ['Linen Tea Towel', 12.9],
      ['Pepper Mill, Beech', 33],
    ],
  },
  textiles: {
    name: 'Textiles',
    materials: ['wool', 'linen'],
    goods: [
      ['Wool Throw, Fog', 89],
      ['Linen Bed Sheet', 119],
      ['Boat Stripe Cushion', 36],
      ['Hammam Towel', 29.9],
      ['Felted Seat Pad', 27],
      ['Rope Weave Rug', 164],
      ['Cotton Bath Mat', 31.5],
      ['Quilted Oven Glove', 19],
    ],
  },
  outdoor: {
    name: 'Outdoor',
    materials: ['teak', 'canvas'],
    goods: [
      ['Folding Deck Chair', 134],
      ['Canvas Picnic Bag', 58],
      ['Tide Clock', 47.5],
      ['Zinc Planter, Tall', 63],
      ['Driftwood Bird House', 34],
      ['Garden Hand Trowel', 22],
      ['Rain Barrel Tap', 16.5],
      ['Sail Cloth Hammock', 98],
    ],
  },
  storage: {
    name: 'Storage',
    materials: ['ash', 'leather'],
    goods: [
      ['Net Maker Basket', 44],
      ['Ash Wall Shelf', 82],
      ['Tin Bread Box', 37.9],
      ['Peg Rail, Five', 41],
      ['Leather Drawer Pull', 9.5],
      ['Stacking Crate', 28],
      ['Umbrella Stand, Iron', 69],
      ['Key Cabinet', 53],
    ],
  },
  stationery: {
    name: 'Stationery',
    materials: ['paper', 'brass'],
    goods: [
      ['Logbook, Ruled', 14.5],
      ['Chart Paper Roll', 23],
      ['Brass Ruler', 17],
      ['Ink, Deep Water', 11.9],
      ['Pencil Tin', 13],
      ['Letter Opener Heron', 26],
      ['Wax Seal Set', 32],
      ['Tide Table Calendar', 19.5],
    ],
  },
};

const AUTHORS = ['saltmarsh', 'lampkeeper', 'tideline', 'north-pier', 'mooring22', 'gullwing', 'quayside'];
const OPINIONS = [
  ['Better than the picture', 'The finish is even and it feels heavier than I thought. Would buy it again.'],
  ['Does what it should', 'Plain, sturdy, no surprises. It came well packed after four days.'],
  ['Smaller than expected', 'Read the measures before you order. The quality is fine all the same.'],
  ['A good present', 'Bought two, kept one. The box alone is worth keeping.'],
  ['Fine after a while', 'It smelled of varnish in the first week. Now it is our favourite piece.'],
] as const;

/** The same number for the same seed, from 0 to `below` - 1. */
function pick(seed: string, below: number): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) % below;
}

function toUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function toSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function stockReviews(productId: number): Review[] {
  const count = pick(`count ${productId}`, 7) === 0 ? 0 : 6 + pick(`reviews ${productId}`, 12);
  return Array.from({ length: count }, (_, index) => {
    const seed = `${productId} ${index}`;
    const [title, body] = OPINIONS[pick(`opinion ${seed}`, OPINIONS.length)] ?? OPINIONS[0];
    const createdMs = OPENED + (index * 9 + pick(`day ${seed}`, 8)) * DAY_MS;
    return {
      id: toUuid(seed),
      productId,
      author: AUTHORS[pick(`author ${seed}`, AUTHORS.length)] ?? 'saltmarsh',
      rating: 3 + pick(`rating ${seed}`, 3),
      title,
      body,
      verified: pick(`verified ${seed}`, 3) > 0,
      helpfulCount: pick(`helpful ${seed}`, 40),
      createdAt: new Date(createdMs).toISOString(),
      reply:
        index % 4 === 3
          ? { body: 'Thank you for writing.', createdAt: new Date(createdMs + 2 * DAY_MS).toISOString() }
          : null,
    };
  });
}

function stockProduct(
  id: number,
  category: string,
  name: string,
  listPrice: number,
  materials: string[],
): ProductDetail {
  const percent = id % 5 === 0 ? 10 + (id % 3) * 5 : 0;
  const reviews = stockReviews(id);
  const sum = reviews.reduce((total, review) => total + review.rating, 0);
  const inStock = pick(`stock ${id}`, 6) > 0;
  return {
    id,
    name,
    slug: toSlug(name),
    category,
    price: Math.round(listPrice * (100 - percent)) / 100,
    currency: 'EUR',
    rating: reviews.length > 0 ? Math.round((sum / reviews.length) * 10) / 10 : null,
    reviewCount: reviews.length,
    inStock,
    imageUrl: `/img/products/${id}.svg`,
    createdAt: new Date(OPENED + (id - FIRST_ID) * 2 * DAY_MS).toISOString(),
    ...(percent > 0 && { discount: { percent, listPrice, until: '2027-01-31T23:59:59.000Z' } }),
    sku: `HG-${category.slice(0, 3).toUpperCase()}-${id}`,
    description: `${name}: made in small numbers of ${materials.join(' and ')}, for a house that is lived in. Wipe with a soft cloth. Repairs are done by us, for as long as we are here.`,
    weightKg: id % 7 === 0 ? null : Math.round(pick(`weight ${id}`, 80) + 2) / 10,
    restockAt: inStock ? null : '2027-02-14T08:00:00.000Z',
    materials,
    dimensions: {
      widthCm: 8 + pick(`w ${id}`, 40),
      heightCm: 6 + pick(`h ${id}`, 60),
      depthCm: 4 + pick(`d ${id}`, 30),
    },
    related: [],
  };
}

const DETAILS: readonly ProductDetail[] = Object.entries(STOCK)
  .flatMap(([category, { materials, goods }], shelf) =>
    goods.map(([name, price], place) => ({ order: place * 6 + shelf, category, materials, name, price })),
  )
  .sort((a, b) => a.order - b.order)
  .map(({ order, category, name, price, materials }) =>
    stockProduct(FIRST_ID + order, category, name, price, materials),
  );

for (const product of DETAILS) {
  product.related = DETAILS.filter((other) => other.category === product.category && other.id !== product.id)
    .slice(0, 4)
    .map(({ id, name, price, imageUrl }) => ({ id, name, price, imageUrl }));
}

function toSummary(detail: ProductDetail): Product {
  const { id, name, slug, category, price, currency, rating, reviewCount, inStock, imageUrl, createdAt } = detail;
  const summary = { id, name, slug, category, price, currency, rating, reviewCount, inStock, imageUrl, createdAt };
  return detail.discount ? { ...summary, discount: detail.discount } : summary;
}

/** All goods in the order of the shop window. */
export const PRODUCTS: readonly Product[] = DETAILS.map(toSummary);

export const CATEGORIES: readonly Category[] = Object.entries(STOCK).map(([id, { name, goods }]) => ({
  id,
  name,
  productCount: goods.length,
}));

export function findProduct(id: number): ProductDetail | undefined {
  return DETAILS.find((product) => product.id === id);
}

/** Reviews of a product, oldest first. */
export function findReviews(productId: number): readonly Review[] {
  return stockReviews(productId);
}

export type SortOrder = 'relevance' | 'price' | 'rating' | 'newest';
export const SORT_ORDERS: readonly SortOrder[] = ['relevance', 'price', 'rating', 'newest'];

/** Goods whose name or category holds every word of the query. */
export function searchProducts(query: string, sort: SortOrder): Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = PRODUCTS.filter((product) => {
    const text = `${product.name} ${product.category}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  switch (sort) {
    case 'price':
      return found.sort((a, b) => a.price - b.price);
    case 'rating':
      return found.sort((a, b) => (b.rating ?? 0) - (a.rating ?? 0));
    case 'newest':
      return found.sort((a, b) => b.id - a.id);
    case 'relevance':
      return found;
  }
}
