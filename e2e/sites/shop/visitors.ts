import { createHash } from 'node:crypto';
import { findProduct } from './catalogue.ts';

export interface Visitor {
  sid: string;
  csrfToken: string;
  /** Quantity by product id, in order of adding. */
  cart: Map<number, number>;
  changes: number;
}

export interface Visitors {
  find(sid: string | undefined): Visitor | undefined;
  admit(): Visitor;
}

const OPENED = Date.UTC(2026, 0, 5, 8);

function derive(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Visitors of one run of the shop; the n-th visitor always gets the same tokens. */
export function createVisitors(): Visitors {
  const known = new Map<string, Visitor>();
  return {
    find: (sid) => (sid === undefined ? undefined : known.get(sid)),
    admit() {
      const sid = derive(`visitor ${known.size + 1}`);
      const visitor: Visitor = { sid, csrfToken: derive(`csrf ${sid}`).slice(0, 32), cart: new Map(), changes: 0 };
      known.set(sid, visitor);
      return visitor;
    },
  };
}

export function describeCart(visitor: Visitor) {
  const items = [...visitor.cart].flatMap(([productId, quantity]) => {
    const product = findProduct(productId);
    if (!product) return [];
    const { name, price, imageUrl } = product;
    return [{ productId, name, quantity, unitPrice: price, lineTotal: toCents(price * quantity), imageUrl }];
  });
  return {
    id: derive(`cart ${visitor.sid}`).slice(0, 16),
    items,
    itemCount: items.reduce((count, item) => count + item.quantity, 0),
    subtotal: toCents(items.reduce((total, item) => total + item.lineTotal, 0)),
    currency: 'EUR',
    voucher: null,
    updatedAt: visitor.changes === 0 ? null : new Date(OPENED + visitor.changes * 60_000).toISOString(),
  };
}

export function describeVisitor(visitor: Visitor) {
  return {
    id: parseInt(createHash('sha256').update(visitor.sid).digest('hex').slice(0, 6), 16),
    email: `visitor-${visitor.sid.slice(0, 5).toLowerCase()}@harbour-goods.example`,
    displayName: 'Visitor',
    phone: null,
    newsletter: false,
    memberSince: new Date(OPENED).toISOString(),
  };
}

function toCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
